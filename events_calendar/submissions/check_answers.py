"""The answers of a club in words, to be checked before they are sent."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..public_holidays import public_holidays
from ..schedule_words import date_in_words, in_words
from ..schedules import expand
from .forms import ActivityForm, last_date, schedule_of

DATES_SHOWN = 6


@dataclass(frozen=True)
class AnswerRow:
    """One answer."""

    label: str
    lines: list[str]
    language: str = ""
    """The language the answer is in, where it is not that of the page."""


def rows(form: ActivityForm, language: str) -> list[tuple[str, list[AnswerRow]]]:
    """Return what was answered, section by section, without what was left empty."""
    values, found = form.cleaned_data, []
    own = values["text_language"] if values["text_language"] != language else ""
    for number, (title, names) in enumerate(form.sections):
        if number == 2:
            answers = _when(form, language)
        else:
            answers = [
                AnswerRow(str(form.fields[name].label), lines, own if name in TEXTS else "")
                for name in names
                if name in form.fields and (lines := _words(form, name, values[name]))
            ]
        found.append((str(title), answers))
    return found


TEXTS = {"title", "summary", "text", "price", "what_to_bring"}


def _words(form: ActivityForm, name: str, value: Any) -> list[str]:
    field: Any = form.fields[name]
    if not value:
        return []
    if isinstance(value, list):
        labels = dict(field.choices)
        return [", ".join(str(labels.get(one, one)) for one in value)]
    if hasattr(field, "choices"):
        return [str(dict(field.choices).get(value, value))]
    return str(value).splitlines()


def _when(form: ActivityForm, language: str) -> list[AnswerRow]:
    """Return the schedule in one sentence, and its first dates one by one where there are several."""
    schedule, last = schedule_of(form.cleaned_data), last_date(form.cleaned_data)
    words = in_words(schedule, language)
    found = [AnswerRow(_("When"), [words[:1].upper() + words[1:]])]
    if schedule.repeats:
        first = max(schedule.start_date, timezone.localdate())
        instances = expand(schedule, first, last, public_holidays(schedule.start_date, last))
        shown = instances[:DATES_SHOWN]
        lines = [date_in_words(one.local_start, one.local_end, schedule.is_all_day, language) for one in shown]
        if len(instances) > len(shown):
            final = instances[-1]
            lines.append("…")
            lines.append(date_in_words(final.local_start, final.local_end, schedule.is_all_day, language))
        found.append(AnswerRow(_("The first dates:"), lines))
    return found
