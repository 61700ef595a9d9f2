"""The documents say what is true of the code: targets, settings, paths, links and numbers."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from blog.models import Post, PreviewLink
from blog.publishing import unpublish
from blog.stored_renderings import render_outdated
from comments.models import Comment
from docs import screenshots
from tests.factories import create_editor, create_post, in_days, save_draft_of

ROOT = Path(settings.BASE_DIR)
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
PRIVACY = ROOT / "docs" / "privacy.md"
GUIDE = ROOT / "docs" / "redactie.md"
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
DOCUMENTS = [README, CONTRIBUTING, ROOT / "CHANGELOG.md", ARCHITECTURE, PRIVACY, GUIDE, *DECISIONS]

FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
IN_BACKTICKS = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
MAKE_VARIABLE = re.compile(r"^([A-Z_]+) \?=", re.MULTILINE)

FILE_NAME = re.compile(r"[\w.-]+\.(?:css|html|js|json|lock|md|mo|po|py|svg|toml|txt|woff2)")
PATH_WITH_FOLDERS = re.compile(r"[\w.*-]+/[\w.*/-]*")
# What a site makes when it runs; no clone has it.
MADE_LATER = ("var/", ".venv/")

EXAMPLE_KEY = "ontvangstbewijs-a-key0"

each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda document: document.relative_to(ROOT).as_posix()
)


def read(document: Path) -> str:
    """The document as text."""
    return document.read_text(encoding="utf-8")


def code_in(text: str) -> str:
    """What is set as code, in blocks and between backticks."""
    blocks = FENCED.findall(text)
    return "\n".join([*blocks, *IN_BACKTICKS.findall(FENCED.sub("", text))])


def rows(text: str, *, below: str) -> Iterator[list[str]]:
    """The cells of the first table below a heading, without its head."""
    section = re.split(rf"^#+ {re.escape(below)}$", text, maxsplit=1, flags=re.MULTILINE)[1]
    table = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert table, f"no table below {below!r}"
    for line in table[0].splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


# --- make -----------------------------------------------------------------------------------------


@each_document
def test_every_make_target_in_a_document_exists(document: Path) -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", code_in(read(document))))

    assert named <= set(TARGET.findall(read(ROOT / "Makefile")))


def test_contributing_names_every_target_that_make_help_lists() -> None:
    listed = re.findall(r"^([a-z][a-z-]*):.*## ", read(ROOT / "Makefile"), re.MULTILINE)
    explained = [row[0] for row in rows(read(CONTRIBUTING), below="What make can do")]

    assert explained == [f"`make {target}`" for target in listed]


# --- Settings -------------------------------------------------------------------------------------


def variables_of_the_settings() -> set[str]:
    """The names that config/settings.py asks its env_… readers for."""
    return {
        str(ast.literal_eval(call.args[0]))
        for call in ast.walk(ast.parse(read(ROOT / "config" / "settings.py")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id.startswith("env_")
    }


def test_readme_lists_exactly_the_settings_that_are_read() -> None:
    of_make = set(MAKE_VARIABLE.findall(read(ROOT / "Makefile")))
    listed = [row[0].strip("`") for row in rows(read(README), below="Settings")]

    assert set(listed) == variables_of_the_settings() | of_make
    assert len(listed) == len(set(listed))


# --- Paths and links ------------------------------------------------------------------------------


def is_path(code: str) -> bool:
    """Whether what stands between backticks looks like a path in this project."""
    if code.startswith(MADE_LATER):
        return False
    return bool(FILE_NAME.fullmatch(code) or PATH_WITH_FOLDERS.fullmatch(code))


@each_document
def test_every_path_in_backticks_exists(document: Path) -> None:
    paths = {code for code in IN_BACKTICKS.findall(FENCED.sub("", read(document))) if is_path(code)}

    assert [path for path in sorted(paths) if not any(ROOT.glob(path))] == []


@each_document
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    text = IN_BACKTICKS.sub("", FENCED.sub("", read(document)))
    links = [link for link in LINK.findall(text) if ":" not in link]

    assert [link for link in links if not (document.parent / link.split("#")[0]).exists()] == []


def test_every_decision_is_listed_under_its_own_title() -> None:
    titles = {path: read(path).splitlines()[0].removeprefix("# ") for path in DECISIONS}

    listed = re.findall(r"^- \[(.+)\]\((adr/.+)\)$", read(ARCHITECTURE), re.MULTILINE)

    assert listed == [(title, f"adr/{path.name}") for path, title in titles.items()]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.name)
def test_decision_has_its_four_parts(decision: Path) -> None:
    parts = re.findall(r"^## (.+)$", read(decision), re.MULTILINE)

    assert parts == ["Status", "Context", "Decision", "Consequences"]


# --- Numbers --------------------------------------------------------------------------------------


@pytest.fixture
def example_site(db: None) -> None:
    """The example content as the server has it, a pending comment, and a post that is gone."""
    call_command("loaddata", "magnesium", "demo", verbosity=0)
    render_outdated()
    Comment.objects.filter(status="pending").update(key=EXAMPLE_KEY)
    editor = create_editor()
    post = Post.objects.get(slug="magnesium-voor-het-slapengaan")
    save_draft_of(post, by=editor, title="Magnesium?")
    PreviewLink.objects.create(key=EXAMPLE_KEY, post=post, expires_at=in_days(1))
    unpublish(create_post(by=editor, slug="weg"), by=editor)


@pytest.mark.usefixtures("example_site")
def test_page_takes_as_many_queries_as_architecture_says(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, subtests: pytest.Subtests
) -> None:
    for title, address, queries in rows(read(ARCHITECTURE), below="Pages and their queries"):
        path = address.strip("`").replace("<key>", EXAMPLE_KEY)

        with subtests.test(title):
            with django_assert_num_queries(int(queries)):
                response = client.get(path)

            assert response.status_code == {"No such page": 404, "Gone": 410}.get(title, 200)


# --- The editors' guide ---------------------------------------------------------------------------


def test_guide_shows_every_picture_that_the_command_makes() -> None:
    shown = {target for target in LINK.findall(read(GUIDE)) if target.startswith("images/")}

    assert shown == {f"images/redactie/{name}.png" for name in screenshots.PAGES}


def test_guide_speaks_the_words_of_the_pages() -> None:
    """What is set in italics is a button, a link or a heading of the admin."""
    text = read(GUIDE).replace("**", "")
    ours = [*ROOT.glob("locale/nl/*/*.po"), *ROOT.glob("[a-z]*/locale/nl/*/*.po")]
    catalogues = "\n".join(map(read, ours)).lower()
    named = {words.replace("\n", " ") for words in re.findall(r"(?<![\w*])\*([^*]+)\*", text)}

    assert {words for words in named if f'"{words}"'.lower() not in catalogues} == {
        *("Gebruikers", "Groepen"),  # Django's own
    }
