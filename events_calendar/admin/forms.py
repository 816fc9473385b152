"""The forms by which one date of an activity is changed."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from .. import changes
from ..models import Occurrence
from ..schedule_checks import MOST_DAYS, problems
from ..schedules import DAY, Schedule


class DateForm(forms.Form):
    """One change of one date. The hidden version keeps two people from undoing each other's work unseen."""

    sequence = forms.IntegerField(widget=forms.HiddenInput)

    title: Any = ""
    """Names the change, above the form and on its button."""

    def __init__(self, *args: Any, occurrence: Occurrence, **kwargs: Any) -> None:
        self.occurrence = occurrence
        kwargs["initial"] = {"sequence": occurrence.sequence, **self.values_now(occurrence)}
        super().__init__(*args, **kwargs)

    def values_now(self, occurrence: Occurrence) -> dict[str, Any]:
        """Return what the form shows at first."""
        return {}

    def clean(self) -> dict[str, Any]:
        """Go by the version that the user saw."""
        values = super().clean() or {}
        self.occurrence.sequence = values.get("sequence", -1)
        return values

    def apply(self, user: Any) -> Occurrence:
        """Make the change. Raises `changes.NotPossible`."""
        raise NotImplementedError


class RemarkForm(DateForm):
    """A change of which readers are told the reason."""

    is_remark_required = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = Occurrence._meta.get_field("remark").formfield()
        field.label = _("What readers are told")
        field.help_text = _("Why, and what they can do instead. Who reads another language gets the Danish text.")
        self.fields["remark"] = field

    def clean_remark(self) -> dict[str, str]:
        """Require the Danish text: it is what every other language falls back to."""
        remark: dict[str, str] = self.cleaned_data["remark"]
        if (self.is_remark_required or remark) and not remark.get(settings.LANGUAGE_CODE):
            raise ValidationError(_("Write at least the Danish text."))
        return remark


class CancelForm(RemarkForm):
    """Cancels a date."""

    title = gettext_lazy("Cancel this date")

    def apply(self, user: Any) -> Occurrence:
        """Cancel it."""
        return changes.cancel(self.occurrence, user, self.cleaned_data["remark"])


class MoveForm(RemarkForm):
    """Moves a date to another day or time."""

    title = gettext_lazy("Move this date")

    start_date = forms.DateField(label=gettext_lazy("Day"), widget=AdminDateInput)
    is_all_day = forms.BooleanField(label=capfirst(gettext_lazy("all day")), required=False)
    start_time = forms.TimeField(label=capfirst(gettext_lazy("begins at")), required=False, widget=AdminTimeInput)
    end_time = forms.TimeField(label=capfirst(gettext_lazy("ends at")), required=False, widget=AdminTimeInput)
    end_day_offset = forms.IntegerField(
        label=capfirst(gettext_lazy("ends this many days later")), min_value=0, max_value=MOST_DAYS - 1
    )

    def values_now(self, occurrence: Occurrence) -> dict[str, Any]:
        """Return when the date is now."""
        start, end = occurrence.local_start, occurrence.local_end
        last_day = (end - DAY).date() if occurrence.all_day else end.date()
        times = {} if occurrence.all_day else {"start_time": start.time(), "end_time": end.time()}
        return {
            "start_date": start.date(),
            "is_all_day": occurrence.all_day,
            "end_day_offset": (last_day - start.date()).days,
            **times,
        }

    def clean(self) -> dict[str, Any]:
        """Refuse times that are none."""
        values = super().clean()
        if self.errors:
            return values
        if not values["is_all_day"]:
            for name, question in (("start_time", _("When does it begin?")), ("end_time", _("When does it end?"))):
                if values[name] is None:
                    self.add_error(name, question)
        if not self.errors:
            for name, text in problems(self.schedule()).items():
                self.add_error(name, text)
        return values

    def schedule(self) -> Schedule:
        """Return the one date to which it is moved, as a schedule."""
        values = self.cleaned_data
        has_times = not values["is_all_day"]
        return Schedule(
            start_date=values["start_date"],
            start_time=values["start_time"] if has_times else None,
            end_time=values["end_time"] if has_times else None,
            end_day_offset=values["end_day_offset"],
            zone=self.occurrence.activity.zone,
        )

    def apply(self, user: Any) -> Occurrence:
        """Move it."""
        return changes.move(self.occurrence, user, self.schedule(), self.cleaned_data["remark"])


class PlaceForm(RemarkForm):
    """Lets a date take place somewhere else."""

    title = gettext_lazy("Change the place of this date")
    is_remark_required = False

    place = forms.CharField(
        label=gettext_lazy("Place on this date"), max_length=200, help_text=gettext_lazy("Name and address, in Danish.")
    )

    def values_now(self, occurrence: Occurrence) -> dict[str, Any]:
        """Return where the date is now."""
        return {"place": occurrence.place}

    def apply(self, user: Any) -> Occurrence:
        """Change the place."""
        return changes.change_place(self.occurrence, user, self.cleaned_data["place"], self.cleaned_data["remark"])


class UndoForm(DateForm):
    """Lets a date be again what the schedule says."""

    title = gettext_lazy("Undo the changes to this date")

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, required=False, help_text=gettext_lazy("For the history only.")
    )

    def apply(self, user: Any) -> Occurrence:
        """Undo everything that was changed by hand."""
        return changes.undo(self.occurrence, user, self.cleaned_data["reason"])


FORMS: dict[str, type[DateForm]] = {"cancel": CancelForm, "move": MoveForm, "place": PlaceForm, "undo": UndoForm}
