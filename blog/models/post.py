"""A post and what readers see of it: its live copy in real columns."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

from authors.models import Author
from blog import clock
from blog.content import COLUMNS, DISCLOSURES, Correction, PostContent
from blog.models.corrections import CorrectionsField
from blog.models.moderation import Moderation
from blog.models.reference import Destination, Destinations, known_at, look_up, next_change
from blog.models.review import Review
from blog.models.site import SiteSettings
from blog.models.taxonomy import Tag, Theme
from blog.querysets import PageManager, PostManager
from blog.rendering import VERSION, Rendered, Section, TooComplexError, references_in, render

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from blog.models.address import Address
    from blog.models.byline import Byline
    from blog.models.check_result import CheckResult
    from blog.models.planned_change import PlannedChange
    from blog.models.preview_link import PreviewLink
    from blog.models.reference import Reference
    from blog.models.related_post import RelatedPost
    from blog.models.revision import Revision
    from blog.models.sitting import Sitting
    from blog.models.waiver import Waiver

# Silent reading of Dutch text, words a minute: doi 10.1177/17470218211017100.
WORDS_A_MINUTE = 238


class Post(models.Model):
    """One post or page. Saving never touches these columns while it is live; publishing does."""

    class Kind(models.TextChoices):
        POST = "post", _("post")
        PAGE = "page", _("page")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SCHEDULED = "scheduled", _("Scheduled")
        LIVE = "live", _("Live")
        EXPIRED = "expired", _("Expired")

    class Ending(models.TextChoices):
        """What readers find at the address of a post that has expired or was taken offline."""

        GONE = "gone", _("A page that says it is gone")
        REDIRECT = "redirect", _("Another post or page")
        ARCHIVE = "archive", _("The text, marked as archived")

    DAYS_IN_WASTEBASKET = 30

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.POST, editable=False)

    # The live content; until a post first goes live it mirrors the newest draft.
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("address"),
        max_length=100,
        blank=True,
        help_text=_("The last part of the web address. Left empty, it is made from the title."),
    )
    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("For lists and search engines; not shown above the text itself."),
    )
    body = MarkdownxField(_("text"), blank=True)
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("theme"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
    )
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="posts")
    authors = models.ManyToManyField(
        Author, verbose_name=_("authors"), through="blog.Byline", related_name="posts"
    )
    related_posts = models.ManyToManyField(
        "self",
        verbose_name=_("read on"),
        through="blog.RelatedPost",
        symmetrical=False,
        related_name="+",
    )
    reading_minutes_override = models.PositiveSmallIntegerField(
        _("reading time in minutes"),
        null=True,
        blank=True,
        help_text=_("Left empty, it is counted from the text."),
    )
    seo_title = models.CharField(_("title for search engines"), max_length=70, blank=True)
    seo_description = models.CharField(
        _("description for search engines"), max_length=200, blank=True
    )
    discloses_own_products = models.BooleanField(
        _("mentions our own products"),
        default=False,
        help_text=_("Readers are told so above the text."),
    )
    discloses_affiliate_links = models.BooleanField(
        _("has links that we earn from"),
        default=False,
        help_text=_("When a reader buys something through a link, we are paid for it."),
    )
    sponsored_by = models.CharField(
        _("paid for by"),
        max_length=100,
        blank=True,
        help_text=_("The company that paid for this text. Readers are told so above the text."),
    )
    supplied_by = models.CharField(
        _("products given by"),
        max_length=100,
        blank=True,
        help_text=_("The company that gave us products for this text for free."),
    )
    reviewed_by = models.CharField(
        _("checked by"),
        max_length=200,
        blank=True,
        help_text=_("Name and profession of the expert who checked the text."),
    )
    reviewed_on = models.DateField(_("checked on"), null=True, blank=True)
    review_due_on = models.DateField(_("next check on"), null=True, blank=True)
    corrections = CorrectionsField(_("corrections"), default=tuple, blank=True)

    # What is true of the post whatever its content says.
    live_revision = models.ForeignKey(
        "blog.Revision", on_delete=models.RESTRICT, null=True, editable=False, related_name="+"
    )
    newest_revision = models.ForeignKey(
        "blog.Revision", on_delete=models.RESTRICT, null=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    changed_at = models.DateTimeField(_("updated at"), null=True, editable=False)
    expires_at = models.DateTimeField(_("expires at"), null=True, editable=False)
    deleted_at = models.DateTimeField(_("thrown away at"), null=True, editable=False)
    ending = models.CharField(
        _("afterwards"), max_length=8, choices=Ending, default=Ending.GONE, editable=False
    )
    leads_to = models.ForeignKey(
        "self",
        verbose_name=_("leads to"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # Plain text, for whoever still comes to the address.
    gone_reason = models.TextField(_("why it is gone"), max_length=300, blank=True, editable=False)
    comments_open = models.BooleanField(_("open for comments"), default=True, editable=False)
    comments_closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    # Plain text, for whoever would have commented.
    comments_closed_reason = models.CharField(
        _("why it is closed"), max_length=200, blank=True, editable=False
    )
    # Empty: as on the whole site.
    comments_moderation = models.CharField(
        _("moderation"), max_length=5, choices=Moderation, blank=True, editable=False
    )
    stored_rendering = models.JSONField(default=dict, editable=False)
    # The ids that headings had before they were reworded -> their ids of today.
    earlier_ids = models.JSONField(default=dict, editable=False)

    if TYPE_CHECKING:
        addresses: RelatedManager[Address]
        bylines: RelatedManager[Byline]
        check_result: CheckResult
        planned_change: PlannedChange
        preview_links: RelatedManager[PreviewLink]
        references: RelatedManager[Reference]
        related: RelatedManager[RelatedPost]
        reviews: RelatedManager[Review]
        revisions: RelatedManager[Revision]
        sittings: RelatedManager[Sitting]
        waivers: RelatedManager[Waiver]

    objects: ClassVar[PostManager] = PostManager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        permissions = [
            ("publish_post", _("Can publish posts")),
            ("change_own_post", _("Can write posts and change their own")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["post", "page"]), name="blog_post_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(live_revision__isnull=True)
                | (Q(published_at__isnull=False) & ~Q(slug="")),
                name="blog_post_live_has_date_and_slug",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(live_revision__isnull=False),
                name="blog_post_live_slug_once",
            ),
            models.CheckConstraint(
                condition=Q(ending__in=["gone", "redirect", "archive"]),
                name="blog_post_ending_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "-published_at", "-id"], name="blog_post_newest_first"),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        """What names this post in a fixture."""
        return (str(self.uid),)

    def get_absolute_url(self) -> str:
        """The permalink."""
        name = "blog:page_detail" if self.kind == self.Kind.PAGE else "blog:post_detail"
        return reverse(name, args=[self.slug])

    @property
    def content(self) -> PostContent:
        """What these columns and relations say, as plain data."""
        columns: dict[str, Any] = {name: getattr(self, name) for name in COLUMNS}
        return PostContent(
            **columns,
            theme=self.theme.slug if self.theme else None,
            tags=tuple(sorted(tag.slug for tag in self.tags.all())),
            byline=tuple(author.slug for author in self.byline),
            related=tuple(self.related.values_list("related__slug", flat=True)),
        )

    @property
    def is_commercial(self) -> bool:
        """Whether readers have to be told that somebody earns or paid something."""
        return any(getattr(self, name) for name in DISCLOSURES)

    @property
    def is_paid(self) -> bool:
        """Whether somebody gave money or products for this text."""
        return bool(self.sponsored_by or self.supplied_by)

    @property
    def dated_corrections(self) -> list[tuple[Correction, Section | None]]:
        """What was put right, the newest first, each with its section where the text has it."""
        # Of two on one day, the one that was written later comes first.
        newest_first = sorted(self.corrections, key=lambda correction: correction.on)[::-1]
        return [(correction, self.section_of(correction)) for correction in newest_first]

    def section_of(self, correction: Correction) -> Section | None:
        """The section that a correction is about, by the id that it has today."""
        today = self.earlier_ids.get(correction.section, "")
        headings = {heading.id: heading for heading in self.rendered.headings if heading.title}
        return headings.get(correction.section) or headings.get(today)

    @property
    def next_check_on(self) -> date | None:
        """The day of the next check, as long as it does not lie in the past."""
        due = self.review_due_on
        return due if due and due >= clock.today() else None

    @property
    def byline(self) -> list[Author]:
        """The authors in the order of the byline."""
        # Sorted here, not in the database: a prefetched list costs no query.
        bylines = sorted(self.bylines.all(), key=lambda byline: byline.position)
        return [byline.author for byline in bylines]

    @cached_property
    def rendered(self) -> Rendered:
        """The live text as HTML: the stored rendering, or a fresh one where that is outdated.

        Takes no query: where links may lead was stored with the text, and a text that was never
        stored has none.
        """
        if self.has_current_rendering:
            return Rendered.from_json(self.stored_rendering["rendered"])
        stored = self.stored_rendering.get("destinations", {})
        destinations = {name: Destination.from_json(data) for name, data in stored.items()}
        shops = frozenset(self.stored_rendering.get("shop_hosts", ()))
        try:
            return self.render(destinations, at=clock.now(), shop_hosts=shops)
        except TooComplexError:
            # An earlier version took this text; readers keep what it made of it.
            if not self.stored_rendering:
                raise
            return Rendered.from_json(self.stored_rendering["rendered"])

    @property
    def has_current_rendering(self) -> bool:
        """Whether the stored rendering is by this version of the renderer, and its links hold."""
        if self.stored_rendering.get("version") != VERSION:
            return False
        until = self.stored_rendering["until"]
        return until is None or clock.now() < datetime.fromisoformat(until)

    @property
    def reading_minutes(self) -> int:
        """The time to read the text, in whole minutes, at least one."""
        if self.reading_minutes_override:
            return self.reading_minutes_override
        return max(1, round(self.word_count / WORDS_A_MINUTE))

    @property
    def word_count(self) -> int:
        """The words of text and headings; a list asks this without reading the stored HTML."""
        # Of any age: links that time has changed leave the words as they are.
        if self.stored_rendering.get("version") == VERSION:
            return int(self.stored_rendering["rendered"]["word_count"])
        return self.rendered.word_count

    @property
    def state(self) -> State:
        """Where the post stands at this moment."""
        now = clock.now()
        if self.live_revision_id is None:
            return self.State.DRAFT
        if self.published_at is None or self.published_at > now:
            return self.State.SCHEDULED
        if self.expires_at and self.expires_at <= now:
            return self.State.EXPIRED
        return self.State.LIVE

    @property
    def is_published(self) -> bool:
        """Whether it stands in lists at this moment."""
        return self.state == self.State.LIVE and self.deleted_at is None

    @property
    def is_archived(self) -> bool:
        """Whether it has expired, and its text is still there for whoever comes to its address."""
        return self.state == self.State.EXPIRED and self.ending == self.Ending.ARCHIVE

    @property
    def is_readable(self) -> bool:
        """Whether readers may open it at this moment."""
        return self.is_published or (self.is_archived and self.deleted_at is None)

    def successors(self) -> Iterator[Post]:
        """Where readers are led who come for what is gone, one after the other.

        Ends at what they may open, and where the way would lead back.
        """
        post, passed = self, {self.pk}
        while not post.is_readable and post.ending == self.Ending.REDIRECT:
            if post.leads_to is None or post.leads_to.pk in passed:
                return
            post = post.leads_to
            passed.add(post.pk)
            yield post

    @property
    def has_newer_changes(self) -> bool:
        """Whether the newest draft says something else than readers see."""
        live, newest = self.live_revision, self.newest_revision
        return bool(live and newest and live.digest != newest.digest)

    @property
    def newest_title(self) -> str:
        """What editors know the post by: the title of its newest draft."""
        return self.newest_revision.content.title if self.newest_revision else self.title

    @property
    def plan(self) -> PlannedChange | None:
        """The change that waits for its moment, if there is one."""
        return getattr(self, "planned_change", None)

    @property
    def goes_at(self) -> datetime | None:
        """When it is removed for good, if it lies in the wastebasket."""
        return self.deleted_at and self.deleted_at + timedelta(days=self.DAYS_IN_WASTEBASKET)

    @property
    def standing_review(self) -> Review | None:
        """What waits for an editor, or came back to the writer with a remark."""
        reviews = Review.objects.standing().filter(post=self)
        return reviews.select_related("offered_by", "decided_by").first()

    @property
    def was_seen(self) -> bool:
        """Whether readers could see it at any moment up to now."""
        if self.published_at is None or self.published_at > clock.now():
            return False
        ends = (self.deleted_at, self.expires_at)
        return all(end is None or end > self.published_at for end in ends)

    def forget_ending(self) -> None:
        """Choose nothing any more (not yet saved) about what readers find when it has ended."""
        self.ending, self.gone_reason, self.leads_to = self.Ending.GONE, "", None

    def locked(self) -> Post:
        """The row as it is now, held until the transaction ends; the clock is read after this."""
        # No joins: whoever had to wait would see the other's post with the revisions of before.
        # No key: two posts that choose each other to be read next may be published at once.
        return Post._base_manager.select_for_update(no_key=True).get(pk=self.pk)

    def render(
        self, destinations: Destinations, *, at: datetime, shop_hosts: frozenset[str]
    ) -> Rendered:
        """The live text as HTML, as it is at the given moment. Raises TooComplexError."""
        known = known_at(
            destinations,
            at=at,
            earlier_ids=self.earlier_ids,
            shop_hosts=shop_hosts,
            paid=self.is_paid,
        )
        return render(self.body, known=known)

    def store_rendering(self) -> None:
        """Render the live text and keep the result on this instance, to be saved with it.

        Raises TooComplexError.
        """
        destinations, now = look_up(references_in(self.body)), clock.now()
        shop_hosts = SiteSettings.objects.shops()
        until = next_change(destinations, after=now)
        self.rendered = self.render(destinations, at=now, shop_hosts=shop_hosts)
        self.stored_rendering = {
            "version": VERSION,
            "until": until and until.isoformat(),
            "destinations": {name: place.as_json() for name, place in destinations.items()},
            "shop_hosts": sorted(named_in(self.rendered, shop_hosts)),
            "rendered": self.rendered.as_json(),
        }


def named_in(rendered: Rendered, hosts: Iterable[str]) -> set[str]:
    """Those of these hosts that the HTML of a text names at all."""
    html = json.dumps(rendered.as_json()).lower()
    return {host for host in hosts if host in html}


class Page(Post):
    """A plain page, such as “Over ons”: a post without date, theme or comments."""

    objects: ClassVar[PageManager] = PageManager()

    class Meta:
        proxy = True
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        permissions = [("publish_page", _("Can publish pages"))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Positional arguments are a row from the database, which knows its kind.
        if not args:
            kwargs.setdefault("kind", self.Kind.PAGE)
        super().__init__(*args, **kwargs)
