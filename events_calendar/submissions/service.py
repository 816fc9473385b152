"""What happens to an entry: stored, confirmed, changed, published, sent back. Each is one transaction with its mail."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..models import ActivityPage, Organiser, Submission
from ..models.submissions import SubmissionState
from ..moderation import add_draft, moderate, overview_of, save_draft
from ..outside_texts import TEXT, TRANSLATED, as_html, free_slug, set_values
from . import mails
from .forms import ActivityForm, SubmissionForm, last_date, parsed, schedule_fields

COPIED = ("activity_type", "title", "summary", "what_to_bring", "price", "venue_name", "venue_address", "online_url")
LISTS = ("spoken_languages", "audiences")


class NotPossible(Exception):
    """The entry cannot be changed any more."""


def page_values(answers: dict[str, Any]) -> dict[str, Any]:
    """Return what stands in the page of an activity by the answers of a club."""
    return {
        **{name: answers.get(name, "") for name in COPIED},
        **{name: answers.get(name, []) for name in LISTS},
        TEXT: as_html(answers.get("text", "")),
        "registration": answers["registration"],
        "registration_url": answers.get("registration_url", "") if answers["registration"] == "external" else "",
        **schedule_fields(parsed(answers)),
    }


@transaction.atomic
def submit(form: SubmissionForm, language: str) -> Submission:
    """Store a new entry and ask by mail whether the address is right. The same form sent again stores nothing more."""
    values, answers = form.cleaned_data, form.answers()
    key: uuid.UUID = values["form_key"]
    submission, is_new = Submission.objects.get_or_create(
        form_key=key,
        defaults={
            "municipality": values["municipality"],
            "text_language": answers["text_language"],
            "mail_language": language,
            "email": values["email"],
            "title": answers["title"],
            "answers": answers,
            "last_date": last_date(values),
        },
    )
    if is_new:
        mails.ask_to_confirm(submission, submission.new_link())
    return submission


@transaction.atomic
def confirm(submission_id: int) -> None:
    """Make a draft of a confirmed entry and hand it to the municipality. Raises `moderation.NoOverview`."""
    submission = Submission.objects.select_for_update().get(pk=submission_id)
    if submission.state != SubmissionState.UNCONFIRMED:
        return
    overview, answers = overview_of(submission.municipality), submission.answers
    page = ActivityPage(
        slug=free_slug(overview, answers["title"]),
        content_owner=answers["organiser"],
        text_language=submission.text_language,
        organiser=_organiser(submission),
        translation_key=uuid.uuid4(),
        locale=overview.locale,
    )
    set_values(page, page_values(answers))
    moderate(page, add_draft(overview, page))
    submission.activity, submission.state, submission.changed_at = page, SubmissionState.WAITING, timezone.now()
    submission.save(update_fields=["activity", "state", "changed_at"])


def _organiser(submission: Submission) -> Organiser:
    """Return the organiser of this name in this municipality, or everywhere; else a new one that nobody has checked."""
    name = submission.answers["organiser"]
    known = Organiser.objects.filter(name__iexact=name, municipality__in=[submission.municipality, ""])
    found = known.order_by("-municipality", "pk").first()
    if found is not None:
        return found
    return Organiser.objects.create(
        name=name,
        municipality=submission.municipality,
        website=submission.answers.get("website", ""),
        is_verified=False,
    )


@transaction.atomic
def change(submission_id: int, form: ActivityForm) -> None:
    """Put what the club changed into a new draft, which waits for the municipality; what is public stays as it is.

    Only what the club changed is touched: what an editor corrected elsewhere stays corrected.
    """
    submission = Submission.objects.select_for_update().get(pk=submission_id)
    if submission.state == SubmissionState.UNCONFIRMED or submission.activity is None:
        raise NotPossible
    before, after = submission.answers, form.answers()
    if before == after:
        return
    old, new = page_values(before), page_values(after)
    changed = {name: value for name, value in new.items() if old[name] != value}
    page: ActivityPage = submission.activity.get_latest_revision_as_object()
    set_values(page, changed)
    if before["organiser"] != after["organiser"]:
        submission.answers = after
        page.organiser = _organiser(submission)
    if set(TRANSLATED) & changed.keys() and after["text_language"] != settings.LANGUAGE_CODE:
        page.text_language = after["text_language"]
    try:
        revision = save_draft(page)
    except ValidationError as error:
        raise NotPossible from error
    moderate(page, revision)
    submission.answers, submission.title = after, after["title"]
    submission.text_language, submission.last_date = after["text_language"], last_date(form.cleaned_data)
    submission.state, submission.changed_at, submission.reason = SubmissionState.WAITING, timezone.now(), ""
    submission.save()


@transaction.atomic
def published(page: ActivityPage, occasion: str) -> None:
    """Tell the club that its entry, or its change, is public."""
    waiting = Submission.objects.select_for_update().filter(
        activity_id=page.pk, state__in=[SubmissionState.WAITING, SubmissionState.RETURNED]
    )
    for submission in waiting:
        submission.state, submission.reason, submission.changed_at = SubmissionState.APPROVED, "", timezone.now()
        submission.save(update_fields=["state", "reason", "changed_at"])
        mails.tell_approved(submission, page, occasion, submission.new_link())


@transaction.atomic
def sent_back(page_id: int, reason: str, occasion: str) -> None:
    """Tell the club that the municipality asks for a change, and why."""
    waiting = Submission.objects.select_for_update().filter(activity_id=page_id, state=SubmissionState.WAITING)
    for submission in waiting:
        submission.state, submission.reason, submission.changed_at = SubmissionState.RETURNED, reason, timezone.now()
        submission.save(update_fields=["state", "reason", "changed_at"])
        mails.tell_returned(submission, occasion, submission.new_link())
