"""The forms of the desk."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.contact_details import refuse_contact_details
from portal.cpr_numbers import refuse_cpr_number
from portal.facts.per_language import language_name, site_languages
from portal.facts.viewsets import municipality_choices

from ..bookings import free_times
from ..choices import Topic, call_language_choices
from ..models import Booking, HotlineLine, Outcome, StaffMember
from ..models.calls import MOST_ATTEMPTS
from ..models.questions import LONGEST_QUESTION
from ..visitors.answers import written
from .agenda import danish_time
from .service import MOST_MINUTES, About
from .times import retry_times

SOLVED = [("yes", _("solved")), ("no", _("not solved"))]


def places() -> list[tuple[str, Any]]:
    """Return the municipalities, and none."""
    return [("", _("not known")), *municipality_choices()]


def page_languages() -> list[tuple[str, str]]:
    """Return the languages of the pages."""
    return [(code, language_name(code)) for code in site_languages()]


class KeyedForm(forms.Form):
    """A form that does what it does once, however often it is sent."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class AboutForm(forms.Form):
    """What a call was about, as it is counted: nothing here names anybody."""

    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    language = forms.ChoiceField(label=_("Language"), choices=call_language_choices)
    municipality = forms.ChoiceField(label=_("Municipality"), choices=places, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=MOST_MINUTES, initial=5)
    solved = forms.ChoiceField(choices=SOLVED, widget=forms.HiddenInput)
    """The button that is pressed."""

    def about(self) -> About:
        """Return what is counted."""
        values = self.cleaned_data
        return About(
            topic=values["topic"],
            language=values["language"],
            municipality=values["municipality"],
            minutes=values["minutes"],
            solved=values["solved"] == "yes",
        )


class WalkInForm(AboutForm, KeyedForm):
    """A call that nobody booked: the topic is the first click, the button the second."""

    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices, widget=forms.RadioSelect)
    line = forms.ModelChoiceField(
        queryset=HotlineLine.objects.filter(is_active=True), widget=forms.HiddenInput, required=False
    )
    field_order = ["topic", "language", "municipality", "minutes"]

    def clean_line(self) -> HotlineLine:
        """Take the first hotline where none is named."""
        line = self.cleaned_data["line"] or HotlineLine.objects.filter(is_active=True).first()
        if line is None:
            raise ValidationError(_("There is no hotline in use."))
        return line


class OutcomeForm(forms.Form):
    """What came of an attempt to call somebody."""

    outcome = forms.ChoiceField(choices=Outcome.choices, widget=forms.HiddenInput)
    number = forms.IntegerField(min_value=1, max_value=MOST_ATTEMPTS, widget=forms.HiddenInput)
    next_try_at = forms.ChoiceField(label=_("Try again at"), required=False)

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.now()
        times = retry_times(booking.line, booking.call_language, now)
        self.moments = {written(moment): moment for moment in times}
        field: Any = self.fields["next_try_at"]
        field.choices = [
            *((key, danish_time(moment, now)) for key, moment in self.moments.items()),
            ("", _("Do not try again")),
        ]
        field.error_messages["invalid_choice"] = _(
            "This time is past, or nobody who speaks the language is there then. Choose another one."
        )


class HandOverForm(forms.Form):
    """To which colleague a call goes."""

    colleague = forms.ModelChoiceField(label=_("Colleague"), queryset=StaffMember.objects.none())

    def __init__(self, *args: Any, without: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = StaffMember.objects.filter(is_active=True).exclude(pk=without).prefetch_related("spoken")
        field: Any = self.fields["colleague"]
        field.queryset = others
        field.label_from_instance = lambda one: (
            f"{one.name} ({', '.join(one.languages)})" if one.languages else one.name
        )


class FollowUpForm(KeyedForm):
    """When the same person is called again."""

    at = forms.ChoiceField(label=_("When"))

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.now()
        times = free_times(booking.call_language, limit=60, now=now, by_staff=True)
        self.moments = {written(moment): moment for moment in times}
        field: Any = self.fields["at"]
        field.choices = [(key, danish_time(moment, now)) for key, moment in self.moments.items()]
        field.error_messages["invalid_choice"] = _("This time is no longer free. Choose another one.")


class SendPageForm(KeyedForm):
    """Sends a page that was found to somebody."""

    page = forms.CharField(widget=forms.HiddenInput, max_length=500)
    language = forms.ChoiceField(choices=page_languages, widget=forms.HiddenInput)
    email = forms.EmailField(label=_("Send it to this e-mail address"), max_length=254)


class QuestionForm(KeyedForm):
    """A question that no page answers."""

    text = forms.CharField(
        label=_("The question in the caller’s words"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("No names, no numbers: editors read it."),
    )
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    language = forms.ChoiceField(label=_("Language of the question"), choices=call_language_choices)
    municipality = forms.ChoiceField(label=_("Municipality"), choices=places, required=False)

    def clean_text(self) -> str:
        """Refuse what looks like a CPR number, an e-mail address or a phone number: the text is kept."""
        text: str = self.cleaned_data["text"]
        refuse_cpr_number(text)
        refuse_contact_details(text)
        return text
