"""The fact register and the glossary: what every page may cite and no page may retype."""

import datetime
import json
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from . import durations, opening_hours, phones
from .per_language import PerLanguageField
from .rows import FactRow, TermRow

check_key = RegexValidator(
    r"^[a-z0-9][a-z0-9-]*$", _("Use small letters, digits and hyphens, such as out-of-hours-doctor.")
)


class Kind(models.TextChoices):
    """What a fact is; decides how its value is checked and shown."""

    PHONE = "phone", _("Phone number")
    EMAIL = "email", _("E-mail address")
    ADDRESS = "address", _("Address")
    LINK = "link", _("Link")
    HOURS = "hours", _("Opening hours")
    DEADLINE = "deadline", _("Deadline")
    TEXT = "text", _("Text")


class Scope(models.TextChoices):
    """Where a fact holds."""

    NATIONAL = "national", _("All of Denmark")
    REGIONAL = "regional", _("The region")
    LOCAL = "local", _("One municipality")


class Confidence(models.TextChoices):
    """How sure the editors are. What is low is not in the register: pages link instead of stating it."""

    HIGH = "H", _("High: read on an official page")
    MEDIUM = "M", _("Medium: official but old, or confirmed in part")


def _check_value(kind: str, value: str) -> None:
    """Raise ValueError or ValidationError if a value is not of its kind."""
    checks: dict[str, Callable[[str], object]] = {
        Kind.PHONE: phones.check,
        Kind.EMAIL: EmailValidator(),
        Kind.LINK: URLValidator(schemes=["http", "https"]),
        Kind.HOURS: opening_hours.parse,
        Kind.DEADLINE: durations.parse,
    }
    if kind in checks:
        checks[kind](value)


def _reasons(error: Exception) -> list[str]:
    """Return what an error says, as sentences."""
    return error.messages if isinstance(error, ValidationError) else [str(error)]


class Fact(index.Indexed, models.Model):
    """One checked fact. Pages cite it by its key, so one change corrects every page in every language."""

    key = models.CharField(
        _("key"),
        max_length=80,
        primary_key=True,
        validators=[check_key],
        help_text=_("Pages cite the fact by this word, in double square brackets. It can never change."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    label = PerLanguageField(
        _("label"), help_text=_("What the reader sees beside the value, or as the text of a link.")
    )
    value = models.CharField(
        _("value"),
        max_length=500,
        help_text=_(
            "Phone: 70 11 31 31. Opening hours: Mo-Fr 09:00-15:00; Sa off. Deadline: P5D is five days, P8W eight weeks, "
            "P3M three months. Link and text: the Danish one."
        ),
    )
    other_languages = PerLanguageField(
        _("value in other languages"),
        source=False,
        help_text=_("Only for links and texts: the official page, or the text, in that language."),
    )
    target_language = models.CharField(
        _("language of the target"),
        max_length=10,
        blank=True,
        help_text=_("Links only: the language of the page at the address, such as da or en."),
    )
    scope = models.CharField(_("scope"), max_length=10, choices=Scope.choices, default=Scope.NATIONAL)
    municipality = models.SlugField(
        _("municipality"), blank=True, help_text=_("The last part of the municipality's address, such as herning.")
    )
    source_name = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("address of the source"), blank=True, max_length=500)
    owner = models.CharField(_("owner"), max_length=100, help_text=_("The department that keeps the fact true."))
    checked_on = models.DateField(_("checked on"), default=datetime.date.today)
    check_again_on = models.DateField(_("check again on"))
    confidence = models.CharField(_("confidence"), max_length=1, choices=Confidence.choices, default=Confidence.HIGH)

    in_footer = models.PositiveSmallIntegerField(
        _("place in the footer"),
        null=True,
        blank=True,
        help_text=_("Emergency numbers only: 1, 2, 3 … on every page. Empty for all other facts."),
    )

    search_fields = [
        index.SearchField("key"),
        index.AutocompleteField("key"),
        index.SearchField("value"),
        index.AutocompleteField("value"),
        index.FilterField("kind"),
        index.FilterField("scope"),
        index.FilterField("municipality"),
        index.SearchField("all_labels"),
        index.AutocompleteField("all_labels"),
    ]

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                name="fact_local_has_municipality",
                condition=(models.Q(scope=Scope.LOCAL) & ~models.Q(municipality=""))
                | (~models.Q(scope=Scope.LOCAL) & models.Q(municipality="")),
                violation_error_message=_("A local fact names its municipality; any other fact names none."),
            ),
            models.CheckConstraint(
                name="fact_checked_before_next_check",
                condition=models.Q(check_again_on__gt=models.F("checked_on")),
                violation_error_message=_("The next check must be after the last one."),
            ),
        ]

    def __str__(self) -> str:
        return self.label.get(settings.LANGUAGE_CODE) or self.key

    def clean(self) -> None:
        """Check the value by its kind: a phone number must be one."""
        super().clean()
        try:
            _check_value(self.kind, self.value)
        except (ValueError, ValidationError) as error:
            raise ValidationError({"value": _reasons(error)}) from error
        if not isinstance(self.other_languages, dict):
            return  # the field itself has refused it
        if self.kind not in {Kind.LINK, Kind.TEXT} and self.other_languages:
            raise ValidationError({"other_languages": _("Only links and texts differ between languages.")})
        for language, value in self.other_languages.items():
            try:
                _check_value(self.kind, value)
            except (ValueError, ValidationError) as error:
                raise ValidationError(
                    {"other_languages": [f"{language}: {reason}" for reason in _reasons(error)]}
                ) from error

    @property
    def all_labels(self) -> str:
        """Return the labels of all languages, for the search of the admin."""
        return " ".join(self.label.values())

    def as_row(self) -> FactRow:
        """Return what pages show of this fact."""
        row = {name: getattr(self, name) for name in FactRow._fields}
        return FactRow(**{**row, "label": json.dumps(self.label), "other_languages": json.dumps(self.other_languages)})

    @property
    def is_overdue(self) -> bool:
        """Say whether the day has passed on which somebody should have checked the fact again."""
        return self.as_row().is_overdue

    def value_in(self, language: str) -> tuple[str, str]:
        """Return the value for readers of a language, and the language that this value is in."""
        return self.as_row().value_in(language)


class GlossaryTerm(index.Indexed, models.Model):
    """An official Danish word with its translations: the word on the letter, beside what it means."""

    key = models.CharField(_("key"), max_length=80, primary_key=True, validators=[check_key])
    word = PerLanguageField(_("word"))
    synonyms = PerLanguageField(_("other words"), help_text=_("Separated by semicolons; they help readers who search."))
    meaning = PerLanguageField(_("meaning"), help_text=_("One plain sentence."))

    search_fields = [index.SearchField("all_words"), index.AutocompleteField("all_words")]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.danish_word

    def clean(self) -> None:
        """Refuse a term without its Danish word: the word on the letter is the point of the entry."""
        super().clean()
        if isinstance(self.word, dict) and not self.word.get(settings.LANGUAGE_CODE):
            raise ValidationError({"word": _("The Danish word is missing.")})

    @property
    def danish_word(self) -> str:
        """Return the official word."""
        return self.word.get(settings.LANGUAGE_CODE) or self.key

    @property
    def all_words(self) -> str:
        """Return every word and synonym, for search."""
        return " ".join([*self.word.values(), *self.synonyms.values()])

    def as_row(self) -> TermRow:
        """Return what pages show of this term."""
        return TermRow(self.key, json.dumps(self.word), json.dumps(self.meaning))
