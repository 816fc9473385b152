"""The fact register and the glossary in the admin."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import MultiFieldPanel, ObjectList
from wagtail.permissions import policy_registry
from wagtail.snippets.views import snippets as views
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.municipalities.models import MunicipalityPage

from .models import Fact, GlossaryTerm, Scope
from .policies import EVERYWHERE, FactPermissionPolicy

Choices = list[tuple[str, Any]]


def municipality_choices() -> list[tuple[str, str]]:
    """Return slug and title of every municipality, in the order of the tree."""
    pages = MunicipalityPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")
    return list(pages.values_list("slug", "title"))


# Forms ----------------------------------------------------------------------------------------------------------------


class KeyedForm(WagtailAdminModelForm):
    """A form whose key can be chosen once: pages cite it, and a changed primary key would make a second object."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.lock("key")

    def lock(self, *names: str) -> None:
        """Show fields without letting them be changed; Django ignores what is posted for them."""
        for name in names:
            self.fields[name].disabled = True


class FactForm(KeyedForm):
    """The form of a fact, narrowed to what its user may change."""

    words = ("label", "other_languages")
    """What translators may change: the fact itself belongs to those who checked it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.for_user or AnonymousUser()
        policy: FactPermissionPolicy = policy_registry.get_by_type(Fact)
        is_new = self.instance._state.adding
        if not is_new and not policy.user_has_permission_for_instance(user, "add", self.instance):
            self.lock(*(name for name in self.fields if name not in self.words))
            return
        self._offer_municipalities(policy.places(user, "add"))

    def _offer_municipalities(self, places: set[str]) -> None:
        """Let a municipal user name their own municipality only, and nobody one that does not exist."""
        choices: Choices = municipality_choices()
        if self.instance.municipality and self.instance.municipality not in dict(choices):
            choices.append((self.instance.municipality, self.instance.municipality))
        field = self.fields["municipality"]
        if EVERYWHERE not in places:
            choices = [(slug, title) for slug, title in choices if slug in places]
            self.initial["scope"] = Scope.LOCAL
            # The footer stands on every page of every municipality.
            self.lock("scope", "in_footer")
        else:
            choices.insert(0, ("", _("none")))
        self.fields["municipality"] = forms.ChoiceField(
            choices=choices,
            required=EVERYWHERE not in places,
            label=field.label,
            help_text=_("Where a local fact holds. Only local facts have a municipality."),
        )


# Views ----------------------------------------------------------------------------------------------------------------


class InstancePermissionMixin:
    """Asks for the right to the one object: Wagtail's generic views ask for a right to any object of the model."""

    instance_permission = "change"

    def get_object(self, *args: Any, **kwargs: Any) -> Model:
        """Return the object, or refuse."""
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not self.is_allowed(self.instance_permission, found):
            raise PermissionDenied
        return found

    def is_allowed(self, action: str, instance: Model) -> bool:
        """Say whether the user of the request has a right to an object."""
        user = self.request.user  # type: ignore[attr-defined]
        return bool(policy_registry.get(instance).user_has_permission_for_instance(user, action, instance))


class SearchableIndexView(views.IndexView):
    """A list whose search comes by relevance: the search index fails where another order is asked for."""

    @cached_property
    def is_explicitly_ordered(self) -> bool:
        """Say whether the column that was clicked decides the order."""
        return not self.is_searching and super().is_explicitly_ordered


class FactIndexView(InstancePermissionMixin, SearchableIndexView):
    """The list, with buttons only where they lead somewhere."""

    def get_edit_url(self, instance: Fact) -> str | None:
        """Return the address of the form for those who may change this fact."""
        return super().get_edit_url(instance) if self.is_allowed("change", instance) else None

    def get_delete_url(self, instance: Fact) -> str | None:
        """Return the address of the deletion for those who may delete this fact."""
        return super().get_delete_url(instance) if self.is_allowed("delete", instance) else None


class FactEditView(InstancePermissionMixin, views.EditView):
    """Refuses facts of other municipalities."""


class FactDeleteView(InstancePermissionMixin, views.DeleteView):
    """Refuses facts of other municipalities."""

    instance_permission = "delete"


class FactHistoryView(InstancePermissionMixin, views.HistoryView):
    """Refuses facts of other municipalities: the history names the people who work there."""


class FactUsageView(InstancePermissionMixin, views.UsageView):
    """Shows everybody which pages cite a fact."""

    permission_required = "view"
    instance_permission = "view"

    def get_edit_url(self, instance: Fact) -> str | None:
        """Return the address of the form for those who may change this fact."""
        return super().get_edit_url(instance) if self.is_allowed("change", instance) else None


class FactInspectView(InstancePermissionMixin, views.InspectView):
    """Shows everybody a fact with its source."""

    instance_permission = "view"

    def get_edit_url(self) -> str | None:
        """Return the address of the form for those who may change this fact."""
        return super().get_edit_url() if self.is_allowed("change", self.object) else None

    def get_delete_url(self) -> str | None:
        """Return the address of the deletion for those who may delete this fact."""
        return super().get_delete_url() if self.is_allowed("delete", self.object) else None

    def get_label_display_value(self) -> str:
        """Return the labels of all languages in one line."""
        return per_language_line(self.object.label)

    def get_other_languages_display_value(self) -> str:
        """Return the values of the other languages in one line."""
        return per_language_line(self.object.other_languages)


class TermInspectView(views.InspectView):
    """Shows everybody a term in all languages."""

    def get_word_display_value(self) -> str:
        """Return the word of all languages in one line."""
        return per_language_line(self.object.word)

    def get_synonyms_display_value(self) -> str:
        """Return the other words of all languages in one line."""
        return per_language_line(self.object.synonyms)

    def get_meaning_display_value(self) -> str:
        """Return the meaning of all languages in one line."""
        return per_language_line(self.object.meaning)


def per_language_line(texts: dict[str, str]) -> str:
    """Return a text per language as one line, "da: lægevagt · en: out-of-hours doctor"."""
    return " · ".join(f"{language}: {text}" for language, text in texts.items()) or "-"


# Viewsets -------------------------------------------------------------------------------------------------------------


class FactFilterSet(WagtailFilterSet):
    """Narrows a list of facts."""

    municipality = django_filters.ChoiceFilter(label=_("Municipality"), choices=municipality_choices)

    class Meta:
        """The fields with a choice."""

        model = Fact
        fields = ["kind", "scope", "municipality"]


class FactViewSet(SnippetViewSet):
    """The fact register."""

    model = Fact
    icon = "clipboard-list"
    add_to_admin_menu = True
    menu_order = 200
    # Wagtail's copy view takes the original as the form's object: posted to directly, it would overwrite it.
    copy_view_enabled = False
    inspect_view_enabled = True
    list_display = ["__str__", "key", "kind", "value", "municipality", "owner", "check_again_on"]
    list_per_page = 50
    filterset_class = FactFilterSet
    ordering = ["key"]
    index_view_class = FactIndexView
    edit_view_class = FactEditView
    delete_view_class = FactDeleteView
    history_view_class = FactHistoryView
    usage_view_class = FactUsageView
    inspect_view_class = FactInspectView
    edit_handler = ObjectList(
        [
            MultiFieldPanel(["key", "kind", "label", "value"], heading=_("The fact")),
            MultiFieldPanel(["other_languages", "target_language"], heading=_("Other languages")),
            MultiFieldPanel(["scope", "municipality", "in_footer"], heading=_("Where it holds")),
            MultiFieldPanel(
                ["source_name", "source_url", "owner", "checked_on", "check_again_on", "confidence"],
                heading=_("Who keeps it true"),
            ),
        ],
        base_form_class=FactForm,
    )


class GlossaryTermViewSet(SnippetViewSet):
    """The glossary."""

    model = GlossaryTerm
    icon = "openquote"
    add_to_admin_menu = True
    menu_order = 210
    copy_view_enabled = False
    inspect_view_enabled = True
    list_display = ["__str__", "key"]
    list_per_page = 50
    ordering = ["key"]
    index_view_class = SearchableIndexView
    inspect_view_class = TermInspectView
    edit_handler = ObjectList(["key", "word", "synonyms", "meaning"], base_form_class=KeyedForm)
