"""The form in which a club writes an activity, and the schedule that follows from its answers."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.facts.per_language import language_name
from portal.visitor_forms import VisitorForm

from ..choices import ActivityType, Audience, spoken_language_choices
from ..public_holidays import public_holidays
from ..schedule_checks import problems
from ..schedules import Frequency, Nth, Schedule, Weekday, dates
from .fields import ClockField, DayField, LinkField, PlainTextField

INVISIBLE = ("form_key", "opened_at", "second_nickname")
CHOOSE = {"required": gettext_lazy("Choose one."), "invalid_choice": gettext_lazy("Choose from the list.")}


class Repeats(TextChoices):
    """How often it takes place, in the words of a club."""

    ONCE = "once", gettext_lazy("Once")
    WEEKLY = "weekly", gettext_lazy("Every week")
    FORTNIGHTLY = "fortnightly", gettext_lazy("Every other week")
    MONTHLY = "monthly", gettext_lazy("Every month, such as on the first Tuesday")


class SignUp(TextChoices):
    """How people sign up with a club."""

    NONE = "none", gettext_lazy("Just come, no sign-up")
    EXTERNAL = "external", gettext_lazy("Sign-up on another website")


def _text(label: Any, longest: int, *, required: bool = True, hint: Any = "", missing: Any = "", **kwargs: Any) -> Any:
    errors = {
        "required": missing or gettext_lazy("Write something here."),
        "max_length": gettext_lazy("This is too long: at most %(limit_value)d characters, you wrote %(show_value)d."),
    }
    return PlainTextField(
        label=label, max_length=longest, required=required, help_text=hint, error_messages=errors, **kwargs
    )


def _ticks(label: Any, choices: Any, hint: Any = "") -> Any:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text=hint,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose from the list.")},
    )


class ActivityForm(VisitorForm):
    """What a club says of its activity. It is the same when the entry is changed later."""

    organiser = _text(
        gettext_lazy("Who arranges it?"), 100, missing=gettext_lazy("Write the name of your association or group.")
    )
    website = LinkField(label=gettext_lazy("Your website"))
    activity_type = forms.ChoiceField(
        label=gettext_lazy("What kind of activity is it?"),
        choices=ActivityType.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    text_language = forms.ChoiceField(
        label=gettext_lazy("In which language do you write?"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The municipality translates your text into Danish if needed."),
        error_messages=CHOOSE,
    )
    title = _text(gettext_lazy("What is it called?"), 100, missing=gettext_lazy("Give the activity a name."))
    summary = _text(
        gettext_lazy("What happens there?"),
        300,
        is_long=True,
        hint=gettext_lazy("In one or two sentences. Do not write CPR numbers or other personal information."),
        missing=gettext_lazy("Say in one or two sentences what happens there."),
    )
    text = _text(gettext_lazy("More about it"), 5000, required=False, is_long=True)

    start_date = DayField(
        label=gettext_lazy("The first day"),
        help_text=gettext_lazy("Such as 24.12.2026"),
        error_messages={"required": gettext_lazy("On which day does it take place?")},
    )
    is_all_day = forms.BooleanField(label=gettext_lazy("It lasts all day"), required=False)
    start_time = ClockField(label=gettext_lazy("It begins at"), help_text=gettext_lazy("Such as 19:30"))
    end_time = ClockField(label=gettext_lazy("It ends at"))
    ends_next_day = forms.BooleanField(label=gettext_lazy("It ends after midnight"), required=False)
    repeats = forms.ChoiceField(
        label=gettext_lazy("How often does it take place?"),
        choices=Repeats.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    weekdays = _ticks(gettext_lazy("On which days of the week?"), Weekday.choices, gettext_lazy("Only if it repeats."))
    nth = forms.ChoiceField(
        label=gettext_lazy("Which of them in the month?"),
        choices=[("", pgettext_lazy("nothing chosen", "–")), *Nth.choices],
        required=False,
        help_text=gettext_lazy("Only if it is every month."),
        error_messages=CHOOSE,
    )
    until = DayField(label=gettext_lazy("The last day"), required=False, help_text=gettext_lazy("Only if it repeats."))

    venue_name = _text(
        gettext_lazy("Where is it?"),
        120,
        required=False,
        hint=gettext_lazy("The name of the place, such as: the library."),
    )
    venue_address = _text(
        gettext_lazy("Address"), 200, required=False, hint=gettext_lazy("Street, number, postcode and town.")
    )
    online_url = LinkField(
        label=gettext_lazy("Link to take part online"), help_text=gettext_lazy("If people can take part from home.")
    )

    spoken_languages = _ticks(gettext_lazy("Which languages do you speak there?"), spoken_language_choices)
    audiences = _ticks(
        gettext_lazy("For whom is it?"), Audience.choices, gettext_lazy("Choose nothing if it is for everybody.")
    )
    price = _text(
        gettext_lazy("What does it cost?"),
        200,
        hint=gettext_lazy("Such as: free."),
        missing=gettext_lazy("Write what it costs, or that it is free."),
    )
    what_to_bring = _text(gettext_lazy("What should people bring?"), 500, required=False, is_long=True)
    registration = forms.ChoiceField(
        label=gettext_lazy("How do people sign up?"),
        choices=SignUp.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    registration_url = LinkField(label=gettext_lazy("Address of the sign-up"))

    sometimes_required = frozenset(
        {"start_time", "end_time", "weekdays", "nth", "until", "venue_name", "registration_url"}
    )
    """What other answers decide about: neither always needed nor left to the club."""
    sections = [
        (gettext_lazy("About you"), ["organiser", "email", "website", "municipality"]),
        (gettext_lazy("The activity"), ["activity_type", "text_language", "title", "summary", "text"]),
        (
            gettext_lazy("When"),
            [
                "start_date",
                "start_time",
                "end_time",
                "is_all_day",
                "ends_next_day",
                "repeats",
                "weekdays",
                "nth",
                "until",
            ],
        ),
        (gettext_lazy("Where"), ["venue_name", "venue_address", "online_url"]),
        (gettext_lazy("For whom"), ["spoken_languages", "audiences", "price", "what_to_bring"]),
        (gettext_lazy("Sign-up"), ["registration", "registration_url"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["text_language"]
        language.choices = [(code, language_name(code)) for code, _name in settings.LANGUAGES]
        for field in self.fields.values():
            field.widget.is_required = False  # the browser's own messages come in its language, one at a time

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing, and say which times are impossible."""
        values = super().clean()
        for name, problem in self._missing(values):
            if name not in self.errors:
                self.add_error(name, problem)
        if not any(name in self.errors for name in self.sections[2][1]):
            for name, text in problems(schedule_of(values)).items():
                self.add_error("ends_next_day" if name == "end_day_offset" else name, text)
            if not self.errors and last_date(values) < timezone.localdate():
                self.add_error("start_date", _("This is over already. Give a day that is still to come."))
        return values

    def _missing(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        found = []
        if not values.get("is_all_day"):
            if values.get("start_time") is None:
                found.append(("start_time", _("When does it begin?")))
            if values.get("end_time") is None:
                found.append(("end_time", _("When does it end?")))
        repeats = values.get("repeats")
        if repeats in {Repeats.WEEKLY, Repeats.FORTNIGHTLY, Repeats.MONTHLY}:
            if not values.get("weekdays"):
                found.append(("weekdays", _("Choose at least one day of the week.")))
            if values.get("until") is None:
                found.append(("until", _("Until which day does it repeat?")))
        if repeats == Repeats.MONTHLY and not values.get("nth"):
            found.append(("nth", _("Choose which of these weekdays: the first, the second …")))
        if not values.get("venue_name") and not values.get("online_url"):
            found.append(("venue_name", _("Give a place, or a link to take part online.")))
        if values.get("registration") == SignUp.EXTERNAL and not values.get("registration_url"):
            found.append(("registration_url", _("Where do people sign up?")))
        return found

    def answers(self) -> dict[str, Any]:
        """Return what was answered, as it is stored: a form that is filled with it means the same."""
        left_out = {*INVISIBLE, "email", "municipality"}
        return {name: _stored(value) for name, value in self.cleaned_data.items() if name not in left_out}


class SubmissionForm(ActivityForm):
    """The form of a new entry: it also asks where the activity is, and where mails go."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("For messages about this entry only. Readers do not see it."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("This is not an e-mail address. It looks like name@example.com."),
        },
    )
    municipality = forms.ChoiceField(
        label=gettext_lazy("In which municipality is it?"), widget=forms.RadioSelect, error_messages=CHOOSE
    )

    def __init__(self, *args: Any, municipalities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality"]
        field.choices = municipalities

    def clean_email(self) -> str:
        """Return the address in one spelling."""
        email: str = self.cleaned_data["email"]
        name, _at, domain = email.rpartition("@")
        if not email.isascii():
            raise ValidationError(_("This is not an e-mail address. It looks like name@example.com."))
        return f"{name}@{domain.lower()}"


def _stored(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    return "" if value is None else value


def schedule_fields(values: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the page that say when it is."""
    repeats, is_all_day = values.get("repeats"), values.get("is_all_day", False)
    is_repeated = repeats in {Repeats.WEEKLY, Repeats.FORTNIGHTLY, Repeats.MONTHLY}
    frequency = {Repeats.MONTHLY: Frequency.MONTHLY_NTH, Repeats.ONCE: Frequency.ONCE}.get(
        repeats or Repeats.ONCE, Frequency.WEEKLY
    )
    return {
        "start_date": values["start_date"],
        "is_all_day": is_all_day,
        "start_time": None if is_all_day else values["start_time"],
        "end_time": None if is_all_day else values["end_time"],
        "end_day_offset": 1 if values.get("ends_next_day") and not is_all_day else 0,
        "frequency": frequency.value,
        "interval": 2 if repeats == Repeats.FORTNIGHTLY else 1,
        "weekdays": [int(day) for day in values["weekdays"]] if is_repeated else [],
        "nth": [int(values["nth"])] if repeats == Repeats.MONTHLY else [],
        "until": values["until"] if is_repeated else None,
    }


def schedule_of(values: dict[str, Any]) -> Schedule:
    """Return when it takes place."""
    found = schedule_fields(values)
    is_all_day = found.pop("is_all_day")
    return Schedule(
        **{**found, "weekdays": tuple(found["weekdays"]), "nth": tuple(found["nth"])}
        | ({"start_time": None, "end_time": None} if is_all_day else {})
    )


def last_date(values: dict[str, Any]) -> datetime.date:
    """Return the last day on which it begins."""
    schedule = schedule_of(values)
    end = schedule.until or schedule.start_date
    found = dates(schedule, end, public_holidays(schedule.start_date, end))
    return found[-1] if found else end


def parsed(answers: dict[str, Any]) -> dict[str, Any]:
    """Return stored answers as the values that the form makes of them."""
    form = ActivityForm()
    values = {}
    for name, field in form.fields.items():
        if name in answers:
            values[name] = field.clean(answers[name]) if name in _TIMES else answers[name]
    return values


_TIMES = {"start_date", "until", "start_time", "end_time"}
