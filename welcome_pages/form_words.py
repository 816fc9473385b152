"""The words that recur on Danish forms: one register for all field guides, and how a word is kept while it is in use."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from portal.facts.models import check_key
from portal.facts.per_language import PerLanguageField


class WordGroup(models.TextChoices):
    """The part of a form in which a word stands."""

    PERSON = "person", _("You")
    FAMILY = "family", _("Your family")
    ADDRESS = "address", _("Address and moving")
    WORK = "work", _("Work")
    HOME = "home", _("Home and account")
    PAPERS = "papers", _("Papers and signature")


class FormWord(index.Indexed, models.Model):
    """A word of Danish forms with its translations. A guide that chooses it needs no translation of its own."""

    key = models.CharField(_("key"), max_length=60, primary_key=True, validators=[check_key])
    group = models.CharField(_("part of the form"), max_length=10, choices=WordGroup.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    word = PerLanguageField(_("word"), help_text=_("In Danish as it stands on forms."))
    meaning = PerLanguageField(_("meaning"), help_text=_("One plain sentence: what belongs in the field."))

    search_fields = [index.SearchField("all_words"), index.AutocompleteField("all_words")]

    class Meta:
        verbose_name = _("word on forms")
        verbose_name_plural = _("words on forms")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.word.get(settings.LANGUAGE_CODE) or self.key

    @property
    def all_words(self) -> str:
        """Return the word in all languages, for the chooser of the admin."""
        return " ".join(self.word.values())

    def word_in(self, language: str) -> tuple[str, str]:
        """Return the word for readers of a language, and the language that it is in."""
        return _in(self.word, language)

    def meaning_in(self, language: str) -> tuple[str, str]:
        """Return the meaning for readers of a language, and the language that it is in."""
        return _in(self.meaning, language)


def _in(texts: dict[str, str], language: str) -> tuple[str, str]:
    here = language if texts.get(language) else settings.LANGUAGE_CODE
    return texts.get(here, ""), here


def words_by_key(keys: Iterable[str]) -> dict[str, FormWord]:
    """Return the words with these keys, in one query."""
    wanted = set(keys)
    return FormWord.objects.in_bulk(wanted) if wanted else {}


def guides_with(word: FormWord) -> list[models.Model]:
    """Return the guides that choose a word: those that are live, and drafts, which the reference index does not see."""
    from .models import FieldGuidePage  # the model chooses words

    found: list[models.Model] = [source for source, _references in ReferenceIndex.get_grouped_references_to(word)]
    known = {one.pk for one in found if isinstance(one, Page)}
    drafts = FieldGuidePage.objects.filter(has_unpublished_changes=True).exclude(pk__in=known)
    for page in drafts.select_related("latest_revision"):
        draft = page.latest_revision and page.latest_revision.as_object()
        if draft and word.pk in set(draft.chosen_words()):
            found.append(page)
    return found


def refuse_delete_of_chosen(sender: type[models.Model], instance: FormWord, **kwargs: Any) -> None:
    """Raise ProtectedError where a guide chooses the word, also for deletions by query, shell or API."""
    users = guides_with(instance)
    if users:
        raise models.ProtectedError(f"{instance} stands in {len(users)} field guides", set(users))


def connect() -> None:
    """Connect the receiver; called once, when the app is ready."""
    pre_delete.connect(refuse_delete_of_chosen, sender=FormWord, dispatch_uid="form_words_refuse_delete")
