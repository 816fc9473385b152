"""Contact persons in the admin: those of the own municipality, for whoever may publish its pages, and for nobody else."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.permissions import policy_registry
from wagtail.snippets.views import snippets as views
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.facts.viewsets import InstancePermissionMixin, municipality_choices
from portal.languages.spoken import language_label
from portal.municipalities.policies import EVERYWHERE, OwnPlacePermissionPolicy

from ..models import ContactPerson

RULES = _(
    "A name is personal data. Ask first, say where it will stand and that they can take it back at any time, and write "
    "down the day. Readers see the name, the languages, and the phone number or e-mail address. The search of this site "
    "does not find people."
)


class ContactPersonForm(WagtailAdminModelForm):
    """The form of a person, narrowed to the municipalities of its user."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy: OwnPlacePermissionPolicy = policy_registry.get_by_type(ContactPerson)
        places = policy.places(self.for_user or AnonymousUser())
        choices = [(slug, title) for slug, title in municipality_choices() if EVERYWHERE in places or slug in places]
        self.fields["municipality"] = forms.ChoiceField(choices=choices, label=self.fields["municipality"].label)


class ContactPersonEditView(InstancePermissionMixin, views.EditView):
    """Refuses people of other municipalities."""


class ContactPersonDeleteView(InstancePermissionMixin, views.DeleteView):
    """Refuses people of other municipalities."""

    instance_permission = "delete"


class ContactPersonHistoryView(InstancePermissionMixin, views.HistoryView):
    """Refuses people of other municipalities."""


class ContactPersonUsageView(InstancePermissionMixin, views.UsageView):
    """Refuses people of other municipalities."""


class ContactPersonViewSet(SnippetViewSet):
    """The contact persons."""

    model = ContactPerson
    icon = "user"
    add_to_admin_menu = True
    menu_order = 232
    copy_view_enabled = False
    list_display = [
        "name",
        Column("languages", label=_("languages"), accessor=lambda one: ", ".join(map(language_label, one.languages))),
        "municipality",
        "consent_on",
        "is_public",
    ]
    list_filter = ["municipality", "is_public"]
    list_per_page = 50
    ordering = ["name"]
    search_fields = ["name"]
    edit_view_class = ContactPersonEditView
    delete_view_class = ContactPersonDeleteView
    history_view_class = ContactPersonHistoryView
    usage_view_class = ContactPersonUsageView

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the people of the user's municipalities."""
        policy: OwnPlacePermissionPolicy = policy_registry.get_by_type(ContactPerson)
        return policy.instances_user_has_any_permission_for(request.user, ["change"])

    edit_handler = ObjectList(
        [
            HelpPanel(content=RULES),
            FieldPanel("name"),
            FieldPanel("languages"),
            FieldPanel("municipality"),
            MultiFieldPanel(["phone", "email"], heading=_("How to reach them")),
            MultiFieldPanel(["consent_on", "is_public"], heading=_("Consent")),
        ],
        base_form_class=ContactPersonForm,
    )
