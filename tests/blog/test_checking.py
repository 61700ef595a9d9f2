"""What the checks are told about a post, what they keep from going live, and what is let be."""

from __future__ import annotations

import io
import json
from datetime import date
from unittest.mock import Mock

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from blog import checking, publishing
from blog.checking import report_on
from blog.content import Correction
from blog.management.commands import check_posts
from blog.models import CheckResult, LogRecord, PlannedChange, Post, SiteSettings, Waiver
from blog.publishing import NotReadyError, apply_planned_changes
from config import first_start
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_user,
    fresh,
    in_days,
    newest,
    save_draft_of,
)

pytestmark = pytest.mark.django_db

DEAD = "Lees ook [dit stuk](post:bestaat-niet).\n"
STUDY = "Uit onderzoek blijkt dat thee helpt.\n"


def checks_of(post: Post) -> set[str]:
    """What is open in the newest text of a post."""
    report = report_on(fresh(post), newest(post).content)
    return {finding.check for finding in report.open}


def key_of(post: Post, check: str) -> str:
    """The key of what one check finds in a post."""
    (key,) = {f.key for f in report_on(post, newest(post).content).open if f.check == check}
    return key


# --- What is known --------------------------------------------------------------------------------


def test_link_to_a_live_post_is_fine_and_to_a_draft_is_an_error() -> None:
    live, draft = create_post(slug="live"), create_draft(slug="concept")
    post = create_draft(body=f"[Zo](post:{live.slug}) en [zo](post:{draft.slug}).\n")

    assert "dead_target" in checks_of(post)  # a draft has no address yet

    publishing.publish(newest(draft), by=create_editor())
    assert not {"dead_target", "target_not_public"} & checks_of(post)


def test_link_to_what_was_taken_offline_is_an_error() -> None:
    target = create_post()
    post = create_draft(body=f"[Zo](post:{target.slug}).\n")
    publishing.unpublish(target, by=create_editor())

    assert "target_not_public" in checks_of(post)


def test_link_to_what_appears_first_is_fine_for_what_appears_later() -> None:
    target = create_post(published_at=in_days(1))
    draft = create_draft(body=f"[Zo](post:{target.slug}).\n")

    with pytest.raises(NotReadyError):
        publishing.publish(newest(draft), by=create_editor())
    publishing.schedule(newest(draft), by=create_editor(), at=in_days(2))

    assert fresh(draft).state == Post.State.SCHEDULED


def test_post_may_link_to_itself_and_to_its_own_sections() -> None:
    body = "[Zo](post:zelf#de-avond) en [zo](post:zelf#weg).\n\n## De avond\n\nStil.\n"
    post = create_draft(slug="zelf", body=body)

    report = report_on(post, newest(post).content)

    assert [f.subject for f in report.open if f.check == "missing_fragment"] == ["post:zelf#weg"]
    assert not report.errors


def test_former_address_of_a_post_leads_to_itself() -> None:
    post = create_post(slug="eerst")
    publishing.unpublish(post, by=create_editor())
    save_draft_of(post, slug="daarna", body="Zie [hierboven](post:eerst).\n")

    publishing.publish(newest(post), by=create_editor())

    assert fresh(post).is_published


def test_text_that_is_dated_back_may_link_to_what_is_public_now() -> None:
    create_post(slug="thee")

    post = create_post(body="Zie [dit](post:thee).\n", published_at=in_days(-30))

    assert post.state == Post.State.LIVE


def test_section_of_another_post_is_known_under_its_earlier_id_too() -> None:
    target = create_post(body="## Eerst zo\n\nTekst.\n")
    save_draft = save_draft_of(target, body="## Nu anders\n\nTekst.\n")
    publishing.publish(save_draft, by=create_editor())
    links = [f"[{i}](post:{target.slug}#{i})" for i in ("eerst-zo", "nu-anders", "nooit")]
    post = create_draft(body=" ".join(links) + "\n")

    report = report_on(post, newest(post).content)

    found = [f.place.words for f in report.open if f.check == "missing_fragment"]
    assert found == ["nooit"]


def test_shop_of_the_site_settings_is_known() -> None:
    SiteSettings.objects.update_or_create(pk=1, defaults={"shop_hosts": "winkel.example.org"})
    post = create_draft(body="[Thee](https://www.winkel.example.org/thee).\n")

    assert "undisclosed_shop_link" in checks_of(post)


def test_page_needs_no_theme_and_no_author() -> None:
    assert not {"no_theme", "no_author"} & checks_of(create_page())


def test_changed_dose_is_held_against_what_readers_see() -> None:
    post = create_post(body="Neem 200 mg per dag.\n")
    save_draft_of(post, body="Neem 20 mg per dag.\n")

    assert "changed_dose" in checks_of(post)

    publishing.publish(newest(post), by=create_editor())
    assert "changed_dose" not in checks_of(post)


def test_day_of_a_check_passes_by_itself() -> None:
    post = create_post(
        reviewed_by="A. Arts", reviewed_on=date(2026, 1, 2), review_due_on=date(2027, 3, 4)
    )

    with time_machine.travel("2027-03-05T12:00+01:00"):
        assert "review_overdue" in checks_of(post)


@pytest.mark.parametrize("links", [1, 30])
def test_queries_are_the_same_for_any_number_of_links(links: int) -> None:
    targets = [create_post() for _ in range(links)]
    author = create_author()
    body = " ".join(f"[Zo](post:{target.slug}#a)" for target in targets)
    post = create_draft(body=f"{body} [zij](author:{author.slug})\n")
    content = newest(post).content

    with CaptureQueriesContext(
        connection,
    ) as queries:
        report_on(post, content)

    assert len(queries) == 6


def test_correction_may_name_a_section_that_was_reworded_since() -> None:
    note = Correction(on=date(2026, 1, 2), text="Hier stond iets anders.", section="eerst-zo")
    post = create_post(body="## Eerst zo\n\nTekst.\n", corrections=(note,))
    save_draft_of(post, body="## Toch zo\n\nTekst.\n")

    before = checks_of(post)
    publishing.publish(newest(post), by=create_editor())
    after = checks_of(post)
    save_draft_of(post, body="Geen kop meer.\n")

    assert "correction_section" not in before | after
    assert "correction_section" in checks_of(post)


# --- An error keeps it from going live, whatever the way ------------------------------------------


def test_function_refuses_an_error_and_names_the_field() -> None:
    draft = create_draft(body=DEAD)

    with pytest.raises(NotReadyError, match="bestaat-niet") as refusal:
        publishing.publish(newest(draft), by=create_editor())

    assert refusal.value.field == "body"
    assert fresh(draft).live_revision is None


def test_schedule_refuses_an_error() -> None:
    for post in (create_draft(body=DEAD), create_post()):
        revision = newest(post) if not post.live_revision else save_draft_of(post, body=DEAD)

        with pytest.raises(NotReadyError, match="bestaat-niet"):
            publishing.schedule(revision, by=create_editor(), at=in_days(1))

    assert not PlannedChange.objects.exists()


def test_plan_that_became_an_error_meanwhile_waits_for_an_editor() -> None:
    target, post = create_post(), create_post(body="Eerst.\n")
    revision = save_draft_of(post, body=f"[Zo](post:{target.slug}).\n")
    publishing.schedule(revision, by=create_editor(), at=in_days(1))
    publishing.unpublish(target, by=create_editor())

    with time_machine.travel(in_days(2)):
        apply_planned_changes()

    assert fresh(post).body == "Eerst.\n"
    assert target.slug in PlannedChange.objects.get().problem


def test_command_refuses_an_error_and_publishes_without_one() -> None:
    editor = create_editor(username="nora")
    create_draft(slug="fout", body=DEAD)
    good = create_draft(slug="goed")
    out = io.StringIO()

    with pytest.raises(CommandError, match="bestaat-niet"):
        call_command("publish_post", "fout", by="nora")
    call_command("publish_post", "goed", by=editor.username, stdout=out)

    assert fresh(good).is_published
    assert "/blog/goed/" in out.getvalue()


def test_command_publishes_for_nobody_who_may_not() -> None:
    draft = create_draft(slug="goed")
    create_user(username="kees", may=["change_post"])

    for name in ("kees", "niemand"):
        with pytest.raises(CommandError, match=name):
            call_command("publish_post", draft.slug, by=name)

    assert fresh(draft).live_revision is None


def test_command_publishes_nothing_that_is_not_there_or_waits_for_its_moment() -> None:
    editor, post = create_editor(username="nora"), create_post(slug="straks")
    draft = save_draft_of(post, body="Vanaf morgen.")
    publishing.schedule(draft, by=editor, at=in_days(1))
    save_draft_of(post, body="Nog later.")

    with pytest.raises(CommandError, match="nergens"):
        call_command("publish_post", "nergens", by="nora")
    with pytest.raises(CommandError, match="A change is planned"):
        call_command("publish_post", "straks", by="nora")

    assert "later" not in fresh(post).body


def test_import_of_the_example_refuses_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def load_and_spoil(*_names: str, **_options: object) -> None:
        call_command("loaddata", "magnesium", verbosity=0)
        post = Post.objects.get()
        assert post.newest_revision
        snapshot = post.newest_revision.snapshot | {"body": DEAD}
        post.revisions.update(snapshot=snapshot)

    monkeypatch.setattr(first_start, "call_command", load_and_spoil)

    with pytest.raises(CommandError, match="magnesium"):
        first_start.load_example()

    assert not Post.objects.exists()


# --- Waivers --------------------------------------------------------------------------------------


def test_waived_warning_is_no_longer_open_and_keeps_its_note() -> None:
    post, editor = create_draft(body=STUDY), create_editor()

    publishing.waive(post, [key_of(post, "unsourced_study")], by=editor, note="Staat in het kader.")

    report = report_on(post, newest(post).content)
    ((finding, waiver),) = report.waived
    assert "unsourced_study" not in checks_of(post)
    assert (finding.check, waiver.note, waiver.made_by) == (
        "unsourced_study",
        "Staat in het kader.",
        editor,
    )


def test_waiver_holds_in_the_next_revision_and_not_for_other_words() -> None:
    post = create_draft(body=STUDY)
    publishing.waive(post, [key_of(post, "unsourced_study")], by=create_editor(), note="Ja.")

    save_draft_of(post, body=f"Een zin ervoor.\n\n{STUDY}")
    assert "unsourced_study" not in checks_of(post)

    save_draft_of(post, body=STUDY.replace("thee", "koffie"))
    assert "unsourced_study" in checks_of(post)


def test_more_of_a_kind_than_are_told_at_once_come_when_those_may_stand() -> None:
    post = create_draft(body="".join(f"Uit onderzoek {n} blijkt dit.\n\n" for n in range(60)))
    editor = create_editor()

    for left in (50, 10, 0):
        open_still = [
            finding.key
            for finding in report_on(post, newest(post).content).open
            if finding.check == "unsourced_study"
        ]
        assert len(open_still) == left
        publishing.waive(post, open_still, by=editor, note="Staat in het kader.")


def test_error_cannot_be_waived() -> None:
    post = create_draft(body=DEAD)

    made = publishing.waive(post, [key_of(post, "dead_target")], by=create_editor(), note="Toch.")

    assert not made
    assert "dead_target" in checks_of(post)


def test_waiver_that_stood_does_not_let_an_error_through() -> None:
    post = create_draft(body=DEAD)
    (error,) = report_on(post, newest(post).content).errors
    waiver = Waiver.of(error)
    waiver.post, waiver.revision, waiver.note = post, newest(post), "Van vroeger."
    waiver.save()

    with pytest.raises(NotReadyError):
        publishing.publish(newest(post), by=create_editor())
    assert report_on(post, newest(post).content).errors


def test_waiver_needs_a_reason_and_the_right() -> None:
    post = create_draft(body=STUDY)
    keys = [key_of(post, "unsourced_study")]

    with pytest.raises(NotReadyError):
        publishing.waive(post, keys, by=create_editor(), note="  ")
    with pytest.raises(PermissionDenied):
        publishing.waive(post, keys, by=create_user(may=["change_post"]), note="Ja.")

    assert not Waiver.objects.exists()


def test_second_click_makes_no_second_waiver() -> None:
    post = create_draft(body=STUDY)
    keys = [key_of(post, "unsourced_study")]

    for _click in range(2):
        publishing.waive(post, keys, by=create_editor(), note="Ja.")

    assert Waiver.objects.count() == 1


def test_database_keeps_one_waiver_a_finding_and_none_without_a_note() -> None:
    post = create_draft(body=STUDY)
    (waiver,) = publishing.waive(
        post, [key_of(post, "unsourced_study")], by=create_editor(), note="Ja."
    )

    for changes in ({}, {"key": "x", "note": ""}):
        values = {"key": waiver.key, "note": "Nee.", "check_name": "x", "reason": "x"} | changes
        with pytest.raises(IntegrityError, match="blog_waiver"), transaction.atomic():
            Waiver.objects.create(post=post, revision=newest(post), **values)


def test_waiver_that_is_taken_back_shows_the_warning_again() -> None:
    post, editor = create_draft(body=STUDY), create_editor()
    key = key_of(post, "unsourced_study")
    (waiver,) = publishing.waive(post, [key], by=editor, note="Ja.")

    assert publishing.withdraw_waiver(waiver, by=editor)
    assert not publishing.withdraw_waiver(waiver, by=editor)

    assert "unsourced_study" in checks_of(post)
    assert publishing.waive(post, [key], by=editor, note="Toch weer.")


def test_taking_a_waiver_back_asks_for_permission() -> None:
    post = create_draft(body=STUDY)
    keys = [key_of(post, "unsourced_study")]
    (waiver,) = publishing.waive(post, keys, by=create_editor(), note="Ja.")

    with pytest.raises(PermissionDenied):
        publishing.withdraw_waiver(waiver, by=create_user(may=["change_post"]))

    assert Waiver.objects.standing().get() == waiver


def test_waivers_stand_in_the_log() -> None:
    post, editor = create_draft(body=STUDY), create_editor()
    (waiver,) = publishing.waive(post, [key_of(post, "unsourced_study")], by=editor, note="Ja.")
    publishing.withdraw_waiver(waiver, by=editor)

    actions = LogRecord.objects.values_list("action", "reason")
    assert ("waived", "Ja.") in actions
    assert ("waiver_ended", "") in actions


# --- Numbers for lists ----------------------------------------------------------------------------


def test_numbers_follow_a_save_a_waiver_and_a_link_that_dies(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def numbers() -> tuple[int, int]:
        result = CheckResult.objects.get(post=post)
        return result.errors, result.warnings

    run = django_capture_on_commit_callbacks
    target, editor = create_post(), create_editor()
    with run(execute=True):
        post = create_draft(body=STUDY)
    before = numbers()
    with run(execute=True):
        publishing.waive(post, [key_of(post, "unsourced_study")], by=editor, note="Ja.")
    waived = numbers()
    with run(execute=True):
        publishing.withdraw_waiver(Waiver.objects.get(), by=editor)
    assert numbers() == before
    with run(execute=True):
        publishing.publish(save_draft_of(post, body=f"[Zo](post:{target.slug})\n"), by=editor)
    with run(execute=True):
        publishing.unpublish(target, by=editor)
    dead = numbers()

    assert before[0] == waived[0] == 0
    assert waived[1] == before[1] - 1
    assert dead[0] == 1


@pytest.mark.django_db(transaction=True)
def test_count_that_fails_undoes_no_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "store", Mock(side_effect=RuntimeError))
    draft = create_draft()

    publishing.publish(newest(draft), by=create_editor())

    assert fresh(draft).is_published
    assert checking.check_all() == 0


def test_everything_is_counted_anew_once_a_day() -> None:
    post = create_draft(body=STUDY)
    CheckResult.objects.filter(post=post).delete()

    checking.check_all()

    assert CheckResult.objects.get(post=post).warnings > 0


# --- The command ----------------------------------------------------------------------------------


def test_command_tells_what_is_open_and_fails_on_an_error() -> None:
    study = f"Uit onderzoek blijkt dat {'heel veel ' * 20}thee helpt.\n"
    post = create_draft(title="Een stuk", body=study)
    every, one = io.StringIO(), io.StringIO()

    call_command("check_posts", stdout=every, stderr=io.StringIO())
    create_draft(slug="fout", body=DEAD)
    with pytest.raises(SystemExit) as ending:
        call_command("check_posts", "fout", stdout=one, stderr=io.StringIO())

    count = len(report_on(post, newest(post).content).open)
    assert "Een stuk" in every.getvalue()
    assert "unsourced_study" in every.getvalue()
    assert "    “Uit onderzoek blijkt dat heel veel" in every.getvalue()
    assert max(map(len, every.getvalue().splitlines())) < 130
    assert f"0 fouten, {count} punten" in every.getvalue()
    assert CheckResult.objects.get(post=post).warnings == count
    assert ending.value.code == 1
    assert "bestaat-niet" in one.getvalue()
    assert "Een stuk" not in one.getvalue()


def test_command_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_posts, "POSTS_A_STEP", 2)
    for _ in range(5):
        create_draft()
    err = io.StringIO()

    call_command("check_posts", stdout=io.StringIO(), stderr=err)

    assert err.getvalue().splitlines() == ["2/5", "4/5"]


def test_command_answers_as_json_with_what_was_waived() -> None:
    post = create_draft(body=STUDY)
    publishing.waive(post, [key_of(post, "unsourced_study")], by=create_editor(), note="Ja.")
    out = io.StringIO()

    call_command("check_posts", "--json", stdout=out, stderr=io.StringIO())

    (answer,) = json.loads(out.getvalue())
    assert answer["slug"] == newest(post).content.slug
    assert [(w["check"], w["note"]) for w in answer["waived"]] == [("unsourced_study", "Ja.")]
    assert {"check", "severity", "reason", "hint", "field", "start", "end"} <= set(
        answer["findings"][0]
    )


def test_command_knows_no_such_post() -> None:
    with pytest.raises(CommandError, match="nergens"):
        call_command("check_posts", "nergens")


# --- The example ----------------------------------------------------------------------------------


def test_example_has_no_finding_beside_those_of_the_first_article() -> None:
    first_start.load_example()
    call_command("render_posts", verbosity=0)

    found = {
        post.slug: [(f.check, f.place.words) for f in report_on(post, post.content).open]
        for post in Post._base_manager.exclude(slug="magnesium-voor-het-slapengaan")
    }

    assert len(found) > 10
    assert not any(found.values()), found
