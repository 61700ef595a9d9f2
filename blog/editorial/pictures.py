"""Pictures, for who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from blog.editorial.findings import Finding, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript

FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|heic|svg|tiff?|bmp)|(?:IMG|DSC|DSCN|PXL|P)[_-]?\d{3,}\S*",
    re.IGNORECASE,
)


@check(Severity.ERROR)
def missing_alt(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A picture has no text for who cannot see it."""
    for picture in text.pictures:
        if not picture.alt.strip():
            yield Finding(
                reason=_("This picture has no description."),
                hint=_("Describe between the brackets what somebody who cannot see it misses."),
                place=picture.place,
                subject=picture.address,
            )


@check(Severity.WARNING)
def alt_is_file_name(text: Manuscript, known: Known) -> Iterator[Finding]:
    """The description of a picture is the name of its file."""
    for picture in text.pictures:
        if FILE_NAME.fullmatch(picture.alt.strip()):
            yield Finding(
                reason=_("This description is the name of a file."),
                hint=_("Describe what somebody who cannot see the picture misses."),
                place=picture.place,
            )
