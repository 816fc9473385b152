"""Who answers, in which languages, and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from ..choices import CALL_LANGUAGES
from .lines import HotlineLine


class StaffMember(ClusterableModel):
    """Somebody who answers calls."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="hotline_staff",
    )
    name = models.CharField(_("name"), max_length=100, help_text=_("As colleagues see it."))
    is_active = models.BooleanField(_("answers calls"), default=True)

    class Meta:
        verbose_name = _("hotline staff member")
        verbose_name_plural = _("hotline staff")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def languages(self) -> list[str]:
        """Return the codes of the languages that they speak, in the order of the lists."""
        spoken = {one.language for one in self.spoken.all()}
        return [code for code in CALL_LANGUAGES if code in spoken] + sorted(spoken - set(CALL_LANGUAGES))


class StaffLanguage(models.Model):
    """A language that somebody speaks with callers."""

    staff = ParentalKey(StaffMember, on_delete=models.CASCADE, related_name="spoken")
    language = models.CharField(_("language"), max_length=10)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "language"],
                name="hotline_staff_language_once",
                violation_error_message=_("This language stands there already."),
            ),
            models.CheckConstraint(name="hotline_staff_language_code", condition=~models.Q(language="")),
        ]
        indexes = [models.Index(fields=["language", "staff"], name="hotline_language_staff")]

    def __str__(self) -> str:
        return self.language


class Shift(models.Model):
    """When somebody is at the hotline: one day, by the Danish clock. Times to book are made of it (`hotline.slots`)."""

    staff = models.ForeignKey(StaffMember, verbose_name=_("who"), on_delete=models.PROTECT, related_name="shifts")
    line = models.ForeignKey(HotlineLine, verbose_name=_("hotline"), on_delete=models.PROTECT, related_name="shifts")
    date = models.DateField(_("day"), db_index=True)
    start = models.TimeField(_("from"))
    end = models.TimeField(_("until"))

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["date", "start", "staff"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "date", "start"],
                name="hotline_shift_once",
                violation_error_message=_("This shift is in the roster already."),
            ),
            models.CheckConstraint(
                name="hotline_shift_times",
                condition=models.Q(end__gt=models.F("start")),
                violation_error_message=_("The end must be after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y} {self.start:%H:%M}–{self.end:%H:%M}"
