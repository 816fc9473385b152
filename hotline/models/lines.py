"""A hotline, when it is open, and the days on which it is closed all the same."""

from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from portal.facts.models import Fact, Kind
from portal.facts.per_language import PerLanguageField

DANISH_ZONE = "Europe/Copenhagen"


class HotlineLine(ClusterableModel):
    """One hotline. Its times are those of a Danish clock."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    zone = models.CharField(max_length=50, default=DANISH_ZONE, editable=False)
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes for a call"), default=20, validators=[MinValueValidator(5), MaxValueValidator(120)]
    )
    gap_minutes = models.PositiveSmallIntegerField(
        _("minutes between two calls"), default=0, validators=[MaxValueValidator(60)]
    )
    lead_hours = models.PositiveSmallIntegerField(
        _("hours before"), default=2, help_text=_("How long before a call it can be booked at the latest.")
    )
    horizon_weeks = models.PositiveSmallIntegerField(
        _("weeks ahead"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
        help_text=_("How far ahead calls can be booked."),
    )
    phone_fact = models.ForeignKey(
        Fact,
        verbose_name=_("phone number"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to={"kind": Kind.PHONE},
        related_name="+",
        help_text=_("The number in the fact register. Without one the site says how to book a call."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("hotline")
        verbose_name_plural = _("hotlines")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="hotline_line_minutes",
                condition=models.Q(slot_minutes__gte=5, slot_minutes__lte=120, gap_minutes__lte=60),
            ),
            models.CheckConstraint(
                name="hotline_line_horizon", condition=models.Q(horizon_weeks__gte=1, horizon_weeks__lte=52)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def clock(self) -> ZoneInfo:
        """Return the clock that its times are meant by."""
        return ZoneInfo(self.zone)


class OpeningRule(Orderable):
    """On which day of the week, from when to when."""

    line = ParentalKey(HotlineLine, on_delete=models.CASCADE, related_name="opening_rules")
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=list(WEEKDAYS.items()), default=0)
    start = models.TimeField(_("from"))
    end = models.TimeField(_("until"))
    valid_from = models.DateField(_("first day"), null=True, blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(name="hotline_rule_weekday", condition=models.Q(weekday__lte=6)),
            models.CheckConstraint(
                name="hotline_rule_times",
                condition=models.Q(end__gt=models.F("start")),
                violation_error_message=_("The end must be after the beginning."),
            ),
            models.CheckConstraint(
                name="hotline_rule_days",
                condition=models.Q(valid_from=None)
                | models.Q(valid_to=None)
                | models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The last day must not be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.start:%H:%M}–{self.end:%H:%M}"


class ClosureState(models.TextChoices):
    """Whether somebody has decided."""

    PROPOSED = "proposed", _("proposed: please decide")
    CONFIRMED = "confirmed", _("confirmed: closed")
    DISMISSED = "dismissed", _("dismissed: open as usual")


class Closure(models.Model):
    """Days on which a hotline, or every one, is closed.

    While a proposal is undecided no times are given out for its days; visitors are told of it when it is confirmed.
    """

    line = models.ForeignKey(
        HotlineLine,
        verbose_name=_("hotline"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="closures",
        help_text=_("Empty: all of them."),
    )
    date_from = models.DateField(_("first day"))
    date_to = models.DateField(_("last day"))
    reason = PerLanguageField(_("reason"), help_text=_("What visitors read: “Easter Monday”, “summer holidays”."))
    state = models.CharField(_("decision"), max_length=10, choices=ClosureState.choices, default=ClosureState.CONFIRMED)
    source = models.CharField(max_length=60, null=True, blank=True, unique=True, editable=False)
    """What proposed it, such as "holidays/2026-04-06": nothing is proposed twice."""

    class Meta:
        verbose_name = _("closed days")
        verbose_name_plural = _("closed days")
        ordering = ["date_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="hotline_closure_days",
                condition=models.Q(date_to__gte=models.F("date_from")),
                violation_error_message=_("The last day must not be before the first."),
            ),
        ]
        indexes = [models.Index(fields=["date_to", "date_from"], name="hotline_closure_days_index")]

    def __str__(self) -> str:
        days = f"{self.date_from:%d.%m.%Y}"
        return days if self.date_to == self.date_from else f"{days}–{self.date_to:%d.%m.%Y}"

    def clean(self) -> None:
        """Ask for the reason in Danish: every other language falls back to it."""
        super().clean()
        if not (self.reason or {}).get("da"):
            raise ValidationError({"reason": _("Write the reason in Danish at least.")})

    def reason_in(self, language: str) -> str:
        """Return the reason in a language, or in Danish."""
        return str(self.reason.get(language) or self.reason.get("da", ""))

    def danish_reason(self) -> str:
        """Return the reason as the list of closed days shows it."""
        return self.reason_in("da")

    danish_reason.short_description = _("reason")  # type: ignore[attr-defined]
