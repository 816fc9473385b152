"""Synonyms and best bets in the admin, with forms that the report of searches without an answer can fill in."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from anyascii import anyascii
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.models import Page
from wagtail.snippets.views import snippets as views
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.facts.per_language import language_name, site_languages
from portal.facts.viewsets import KeyedForm
from portal.pages.rows import home_of_language

from .answers import Filters, Hit
from .models import BestBet, SearchDocument, SearchSynonym
from .service import search, suggest

MOST_TITLES = 500
MOST_OFFERED = 5


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the site with their own names."""
    return [(code, language_name(code)) for code in site_languages()]


# What the search knows of a question ----------------------------------------------------------------------------------


def nearest_titles(question: str, language: str) -> list[str]:
    """Return the titles that the search finds for a question, the likeliest first."""
    hits = search(question, language, Filters(), size=MOST_OFFERED).hits
    offered = [suggestion.text for suggestion in suggest(question, language, size=MOST_OFFERED)]
    return list(dict.fromkeys([*offered, *(hit.title for hit in hits)]))


def nearest_page(question: str, language: str) -> Page | None:
    """Return the Danish page of the first shared result of a question."""
    home = home_of_language(settings.LANGUAGE_CODE)
    hits: list[Hit] = search(question, language, Filters(), size=MOST_OFFERED).hits
    path = next((hit.path for hit in hits if hit.path and not hit.municipality), None)
    if home is None or path is None:
        return None
    return Page.objects.filter(locale_id=home.locale_id, url_path=f"{home.url_path}{path}").first()


def all_titles(language: str) -> list[str]:
    """Return what can be found in a language, by title."""
    titles = SearchDocument.objects.filter(language=language).order_by("title").values_list("title", flat=True)
    return list(titles.distinct()[:MOST_TITLES])


# Synonyms -------------------------------------------------------------------------------------------------------------


class InputWithOffers(forms.TextInput):
    """A text input that offers words to choose from, and takes any other."""

    def __init__(self, offers: list[str], attrs: dict[str, Any] | None = None) -> None:
        self.offers = offers
        super().__init__(attrs)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Put the list of offers behind the input."""
        list_id = f"offers-for-{name}"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((offer,) for offer in self.offers))
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class SearchSynonymForm(WagtailAdminModelForm):
    """A synonym: a language of the site, and words that the pages really have."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language, meant = self.fields["language"], self.fields["meant"]
        self.fields["language"] = forms.ChoiceField(choices=language_choices(), label=language.label)
        code = self.initial.get("language") or settings.LANGUAGE_CODE
        offers = nearest_titles(self.initial["typed"], code) if self.initial.get("typed") else []
        meant.widget = InputWithOffers(list(dict.fromkeys([*offers, *all_titles(code)])), meant.widget.attrs)


class SearchSynonymFilterSet(WagtailFilterSet):
    """Narrows the list to one language."""

    language = django_filters.ChoiceFilter(label=gettext_lazy("Language"), choices=language_choices)

    class Meta:
        model = SearchSynonym
        fields = ["language"]


class SearchSynonymCreateView(views.CreateView):
    """The form of a new synonym, which an address can fill in: `?language=pl&typed=zasiłek`."""

    def get_initial(self) -> dict[str, Any]:
        """Return the words of the address, and the title that the search finds for them."""
        initial = super().get_initial()
        asked = _asked(self.request)
        if asked is None:
            return initial
        language, text = asked
        return {**initial, "language": language, "typed": text, "meant": next(iter(nearest_titles(text, language)), "")}


def _asked(request: HttpRequest) -> tuple[str, str] | None:
    """Return the language and the words that an address fills a form in with."""
    language, text = request.GET.get("language", ""), request.GET.get("typed", "")[:100].strip()
    return (language, text) if text and language in site_languages() else None


class SearchSynonymViewSet(SnippetViewSet):
    """The synonyms of the search."""

    model = SearchSynonym
    icon = "resubmit"
    copy_view_enabled = False
    list_display = ["typed", "meant", Column("language", label=gettext_lazy("Language"), sort_key="language")]
    list_per_page = 50
    search_fields = ["typed", "meant"]
    filterset_class = SearchSynonymFilterSet
    add_view_class = SearchSynonymCreateView
    edit_handler = ObjectList(["language", "typed", "meant"], base_form_class=SearchSynonymForm)


# Best bets ------------------------------------------------------------------------------------------------------------


class BestBetForm(KeyedForm):
    """A best bet: words in at least one language, and something that everybody may be led to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields["words"]
        words.help_text = _(
            "Words or phrases, separated by semicolons. In quotation marks they count only where they are the whole "
            "question. After a minus stands a word that is never taken for another one."
        )
        widget = words.widget
        widget.widgets = [forms.Textarea(attrs={"lang": code, "rows": 3}) for code in widget.codes]

    def clean_words(self) -> dict[str, str]:
        """Refuse a bet that no question can reach."""
        words: dict[str, str] = self.cleaned_data["words"]
        if not any(text.strip(" ;") for text in words.values()):
            raise ValidationError(_("Words are missing. Write them in at least one language."))
        return words

    def clean_page(self) -> Page | None:
        """Refuse a page of one municipality, which would lead everybody else away from theirs."""
        page: Page | None = self.cleaned_data["page"]
        if page is not None and getattr(page.specific_class, "is_local", False):
            raise ValidationError(_("This page belongs to one municipality. Choose one that is for everybody."))
        return page


class BestBetCreateView(views.CreateView):
    """The form of a new best bet, which an address can fill in: `?language=pl&typed=zasiłek`."""

    def get_initial(self) -> dict[str, Any]:
        """Return the words of the address, a key made from them, and the page that the search finds for them."""
        initial = super().get_initial()
        asked = _asked(self.request)
        if asked is None:
            return initial
        language, text = asked
        return {**initial, "key": free_key(text), "words": {language: text}, "page": nearest_page(text, language)}


def free_key(text: str) -> str:
    """Return a key that names a text and that no best bet has."""
    key = slugify(anyascii(text))[:70].strip("-_").replace("_", "-") or "words"
    taken = set(BestBet.objects.filter(key__startswith=key).values_list("key", flat=True))
    names = (key, *(f"{key}-{number}" for number in range(2, len(taken) + 2)))
    return next(name for name in names if name not in taken)


class BestBetDeleteView(views.DeleteView):
    """Names what was deleted: a deleted object has no primary key any more, and the key is the name of a bet."""

    def get_success_message(self) -> str:
        """Return the message with the key that the address still has."""
        self.object.key = self.kwargs["pk"]
        return str(super().get_success_message())


class BestBetViewSet(SnippetViewSet):
    """The best bets of the search."""

    model = BestBet
    icon = "pick"
    copy_view_enabled = False
    list_display = ["key", "fact", "page", BooleanColumn("is_urgent", label=gettext_lazy("Urgent"))]
    list_per_page = 50
    search_fields = ["key", "words"]
    add_view_class = BestBetCreateView
    delete_view_class = BestBetDeleteView
    edit_handler = ObjectList(["key", "words", "page", "fact", "is_urgent"], base_form_class=BestBetForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[BestBet]:
        """Read facts and pages with the list."""
        return BestBet.objects.select_related("fact", "page")


class SearchWordsGroup(SnippetViewSetGroup):
    """One entry of the menu for all that editors write for the search."""

    items = (SearchSynonymViewSet, BestBetViewSet)
    menu_label = gettext_lazy("Search words")
    menu_icon = "search"
    menu_order = 220
