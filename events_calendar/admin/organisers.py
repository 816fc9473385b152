"""Organisers in the admin: everybody sees them, and changes those of the own municipality."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.permissions import policy_registry
from wagtail.snippets.views import snippets as views
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.facts.viewsets import InstancePermissionMixin, SearchableIndexView, municipality_choices

from ..models import Organiser
from ..policies import EVERYWHERE, OrganiserPermissionPolicy


class OrganiserForm(WagtailAdminModelForm):
    """The form of an organiser, narrowed to the municipalities of its user."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy: OrganiserPermissionPolicy = policy_registry.get_by_type(Organiser)
        places = policy.places(self.for_user or AnonymousUser())
        choices: list[tuple[str, Any]] = municipality_choices()
        if self.instance.municipality and self.instance.municipality not in dict(choices):
            choices.append((self.instance.municipality, self.instance.municipality))
        if EVERYWHERE in places:
            choices.insert(0, ("", _("everywhere")))
        else:
            choices = [(slug, title) for slug, title in choices if slug in places]
        field = self.fields["municipality"]
        self.fields["municipality"] = forms.ChoiceField(
            choices=choices, required=EVERYWHERE not in places, label=field.label, help_text=field.help_text
        )


class OrganiserIndexView(InstancePermissionMixin, SearchableIndexView):
    """The list, with buttons only where they lead somewhere."""

    def get_edit_url(self, instance: Organiser) -> str | None:
        """Return the address of the form for those who may change this organiser."""
        return super().get_edit_url(instance) if self.is_allowed("change", instance) else None

    def get_delete_url(self, instance: Organiser) -> str | None:
        """Return the address of the deletion for those who may delete this organiser."""
        return super().get_delete_url(instance) if self.is_allowed("delete", instance) else None


class OrganiserEditView(InstancePermissionMixin, views.EditView):
    """Refuses organisers of other municipalities."""


class OrganiserDeleteView(InstancePermissionMixin, views.DeleteView):
    """Refuses organisers of other municipalities."""

    instance_permission = "delete"


class OrganiserHistoryView(InstancePermissionMixin, views.HistoryView):
    """Refuses organisers of other municipalities: the history names the people who work there."""


class OrganiserUsageView(InstancePermissionMixin, views.UsageView):
    """Shows everybody which activities an organiser has."""

    permission_required = "view"
    instance_permission = "view"


class OrganiserViewSet(SnippetViewSet):
    """The organisers."""

    model = Organiser
    icon = "group"
    add_to_admin_menu = True
    menu_order = 230
    copy_view_enabled = False
    list_display = ["name", "municipality", "email", "website", "is_verified"]
    list_filter = ["municipality", "is_verified"]
    list_per_page = 50
    ordering = ["name"]
    index_view_class = OrganiserIndexView
    edit_view_class = OrganiserEditView
    delete_view_class = OrganiserDeleteView
    history_view_class = OrganiserHistoryView
    usage_view_class = OrganiserUsageView
    edit_handler = ObjectList(
        ["name", "municipality", "email", "website", "is_verified"], base_form_class=OrganiserForm
    )
