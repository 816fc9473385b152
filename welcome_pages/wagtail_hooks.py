"""What this room adds to Wagtail's admin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import ObjectList
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.facts.viewsets import KeyedForm, SearchableIndexView
from portal.municipalities.policies import OwnPlacePermissionPolicy
from portal.template_functions import long_date

from .clubs.viewsets import ContactPersonViewSet
from .form_words import FormWord, guides_with
from .models import ContactPerson, FieldGuidePage
from .plan.counter import counter


class FormWordViewSet(SnippetViewSet):
    """The words that recur on Danish forms."""

    model = FormWord
    icon = "form"
    add_to_admin_menu = True
    menu_order = 215
    copy_view_enabled = False
    list_display = ["__str__", "key", "group"]
    list_per_page = 50
    ordering = ["position", "key"]
    index_view_class = SearchableIndexView
    edit_handler = ObjectList(["key", "group", "position", "word", "meaning"], base_form_class=KeyedForm)


register_snippet(FormWordViewSet)

# Wagtail asks for this first: its own policy would be fixed by the first look at the snippet.
register_permission_policy(ContactPerson, OwnPlacePermissionPolicy(ContactPerson))
register_snippet(ContactPersonViewSet)


@hooks.register("before_delete_snippet")
def explain_kept_words(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Answer the deletion of a word in use with the guides that choose it instead of an error."""
    for word in instances:
        users = guides_with(word) if isinstance(word, FormWord) else []
        if users:
            names = ", ".join(str(user) for user in users)
            reason = _("“%(item)s” cannot be deleted. These pages cite it: %(pages)s.")
            messages.error(request, reason % {"item": word, "pages": names})
            return redirect("wagtailsnippets_welcome_pages_formword:usage", word.pk)
    return None


@hooks.register("before_edit_page")
def tell_of_changed_form(request: HttpRequest, page: Page) -> None:
    """Tell the editor of a field guide that the official form has changed since the guide was compared with it."""
    if request.method != "GET" or not isinstance(page, FieldGuidePage):
        return
    changed_on = page.changed_on()
    if changed_on:
        reason = _(
            "The official form has changed on %(date)s. Compare the guide with it, then set “seen on” to today and publish."
        )
        messages.warning(request, reason % {"date": long_date(changed_on)})


@hooks.register("register_admin_urls")
def register_counter_url() -> list[URLPattern]:
    """Add the plan for staff at the counter."""
    return [path("counter/", counter, name="welcome_pages_counter")]


@hooks.register("register_admin_menu_item")
def register_counter_menu_item() -> MenuItem:
    """Lead there from the menu: everybody who may log in may look."""
    address = reverse("welcome_pages_counter")
    return MenuItem(gettext_lazy("Counter"), address, name="counter", icon_name="list-ol", order=210)
