"""The tables of the search: what can be found, its words, and the updates that wait."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.facts.models import Fact, check_key
from portal.facts.per_language import PerLanguageField

from .documents import Kind


class SearchDocument(models.Model):
    """A document as it was last built: the embedded index, and what Elasticsearch is filled from.

    A cache: `rebuild_search_index` makes every row again. The fields after `changed_at` are for the embedded index:
    `*_words` are folded and in the order of the text; `*_stems` are the different stems, by which documents are found
    in the full-text index of the database.
    """

    language = models.CharField(max_length=10)
    uid = models.CharField(max_length=200)
    source = models.CharField(max_length=40)
    origin = models.CharField(max_length=120)
    key = models.CharField(max_length=400)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    municipality = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=10, blank=True)
    audiences = models.JSONField(default=list)
    is_example = models.BooleanField(default=False)
    path = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    danish_title = models.CharField(max_length=500, blank=True)
    danish_body = models.TextField(blank=True)
    other_titles = models.JSONField(default=list)
    missing_in = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)
    title_words = models.TextField(blank=True)
    body_words = models.TextField(blank=True)
    danish_title_words = models.TextField(blank=True)
    danish_body_words = models.TextField(blank=True)
    other_words = models.TextField(blank=True)
    own_stems = models.TextField(blank=True)
    danish_stems = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "uid"], name="search_document_once")]
        indexes = [models.Index(fields=["source", "origin"])]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.language} {self.uid}"

    @property
    def shown_text(self) -> str:
        """Return the text out of which results show a piece: of a Danish word its meaning, without its synonyms."""
        return self.summary if self.kind == Kind.TERM else f"{self.summary} {self.body}"


FOR_MATCHING = [
    "title_words",
    "body_words",
    "danish_title_words",
    "danish_body_words",
    "other_words",
    "own_stems",
    "danish_stems",
]
"""The columns of a document that only finding it needs: large, and nothing for whoever shows or sends it."""


class SearchWord(models.Model):
    """A word of the site with the number of documents that have it: for mistakes, compounds, rarity and completion.

    `language` is "*" for the words of titles in other languages. A cache, like the documents.
    """

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=60)
    stem = models.CharField(max_length=60)
    written = models.CharField(max_length=60)
    """The word with its diacritics, to be shown."""
    documents = models.PositiveIntegerField(default=0)
    titles = models.PositiveIntegerField(default=0)
    """The number of documents that have it in their title."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once")]
        indexes = [models.Index(fields=["language", "stem"], name="search_word_stem")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.language} {self.word}"


class SearchState(models.Model):
    """One row that changes with every change of what can be found, so that a process knows when its memory is old."""

    version = models.PositiveBigIntegerField(default=0)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"version {self.version}"


class SearchUpdate(models.Model):
    """A change that the search does not know yet. Written with the change itself; gone when every index has it."""

    source = models.CharField(max_length=40)
    origin = models.CharField(max_length=120)
    requests = models.PositiveIntegerField(default=1)
    """Raised by every further change: what was asked for while an update ran is not lost."""
    requested_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "origin"], name="search_update_once")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.source} {self.origin}"


class SearchSynonym(models.Model):
    """What readers type, and what the pages call it. Made by editors, mostly from the report of failed searches."""

    language = models.CharField(_("language"), max_length=10)
    typed = models.CharField(_("what readers type"), max_length=100)
    meant = models.CharField(
        _("what the pages call it"),
        max_length=300,
        help_text=_("Several words or phrases are separated by semicolons."),
    )

    class Meta:
        verbose_name = _("search synonym")
        verbose_name_plural = _("search synonyms")
        ordering = ["language", "typed"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "typed"],
                name="search_synonym_once",
                violation_error_message=_("These words have an entry in this language already. Add to that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.typed} → {self.meant}"


class BestBet(models.Model):
    """Words that lead to one page or fact before anything that was found: a crisis, an emergency, a campaign."""

    key = models.CharField(_("key"), max_length=80, primary_key=True, validators=[check_key])
    words = PerLanguageField(
        _("words"), help_text=_("Words or phrases, separated by semicolons. All forms of a word, and common mistakes.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The Danish page; readers get it in their language."),
    )
    fact = models.ForeignKey(
        Fact, verbose_name=_("fact"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_urgent = models.BooleanField(
        _("urgent"),
        default=False,
        help_text=_("Emergencies and crises: shown in an alarm box, with the number to call."),
    )

    class Meta:
        verbose_name = _("best bet")
        verbose_name_plural = _("best bets")
        ordering = ["-is_urgent", "key"]
        constraints = [
            models.CheckConstraint(
                name="best_bet_leads_somewhere",
                condition=models.Q(page__isnull=False) | models.Q(fact__isnull=False),
                violation_error_message=_("Choose a page or a fact."),
            )
        ]

    def __str__(self) -> str:
        return self.key


class SearchCount(models.Model):
    """How often something was searched for in one month, without anything about who searched. Digits are masked."""

    month = models.DateField()
    language = models.CharField(max_length=10)
    question = models.CharField(max_length=100)
    searches = models.PositiveIntegerField(default=0)
    without_result = models.PositiveIntegerField(default=0)
    with_click = models.PositiveIntegerField(default=0)
    """Searches after which at least one result was opened."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "language", "question"], name="search_count_once")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.language} {self.question}: {self.searches}"
