"""People whom newcomers can turn to in their own language. A name is here only while its owner agrees."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.choice_lists import ChoiceListField
from portal.facts import phones
from portal.languages.spoken import language_word, spoken_language_choices

KEPT_WITHOUT_CONSENT = datetime.timedelta(days=30)
"""How long a name is kept for which nobody has agreed, while somebody asks."""
ASK_AGAIN_AFTER = datetime.timedelta(days=365)


class ContactPerson(models.Model):
    """One person. A plain row and not a page: nothing of it stays in drafts, addresses, translations or the search.

    So deleting the row deletes the person, and what the history keeps of it names no one.
    """

    name = models.CharField(
        _("name"), max_length=80, help_text=_("As the person wants to be called. A first name is enough.")
    )
    languages = ChoiceListField(
        _("languages"), offered=spoken_language_choices, help_text=_("In which newcomers can write or call.")
    )
    municipality = models.SlugField(_("municipality"))
    phone = models.CharField(_("phone"), max_length=30, blank=True, help_text=_("Such as 70 11 31 31."))
    email = models.EmailField(_("e-mail"), blank=True)
    consent_on = models.DateField(
        _("agreed on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which the person agreed that everybody may read this. Without it nothing is shown, and the entry is "
            "deleted after 30 days. Whoever no longer agrees: delete the entry, then nothing is left."
        ),
    )
    is_public = models.BooleanField(_("show to readers"), default=False)
    entered_on = models.DateField(_("entered on"), auto_now_add=True)

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contact_person_agreed",
                condition=models.Q(is_public=False) | models.Q(consent_on__isnull=False),
                violation_error_message=_("A person is shown only with the day on which they agreed."),
            ),
            models.CheckConstraint(
                name="contact_person_reachable",
                condition=models.Q(is_public=False) | ~models.Q(phone="") | ~models.Q(email=""),
                violation_error_message=_(
                    "How can people reach this person? Give a phone number or an e-mail address."
                ),
            ),
        ]

    def __str__(self) -> str:
        """Name the languages and not the person: this stands in the history of the admin after the deletion too."""
        languages = ", ".join(map(language_word, self.languages)) or "–"
        return gettext("Contact person for %(languages)s, %(municipality)s") % {
            "languages": languages,
            "municipality": self.municipality,
        }

    def clean(self) -> None:
        """Refuse a consent that lies ahead, and a number that nobody can call; say at the field what a shown person lacks."""
        super().clean()
        errors = {}
        if self.consent_on and self.consent_on > timezone.localdate():
            errors["consent_on"] = gettext("This day has not come yet.")
        if self.phone:
            try:
                phones.check(self.phone)
            except ValueError:
                errors["phone"] = gettext("Nobody can call this number. Write it like this: 70 11 31 31.")
        if self.is_public and not self.consent_on:
            errors["consent_on"] = gettext(
                "A person is shown only with the day on which they agreed. Ask, and write the day here."
            )
        if self.is_public and not self.phone and not self.email:
            errors["phone"] = gettext("How can people reach this person? Give a phone number or an e-mail address.")
        if errors:
            raise ValidationError(errors)

    @property
    def phone_address(self) -> str:
        """Return what a phone dials."""
        return phones.address(self.phone)

    def phone_in_words(self, language: str) -> str:
        """Return the number as readers of a language write it."""
        return phones.in_words(self.phone, language)


def remove_without_consent() -> int:
    """Delete the people who have not agreed within a month, or no longer agree. Returns how many."""
    waited_long = ContactPerson.objects.filter(
        consent_on=None, entered_on__lte=timezone.localdate() - KEPT_WITHOUT_CONSENT
    )
    return waited_long.delete()[0]
