"""What the welcome pages add to Wagtail's admin."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .plan.counter import counter


@hooks.register("register_admin_urls")
def register_counter_url() -> list[URLPattern]:
    """Add the plan for staff at the counter."""
    return [path("counter/", counter, name="welcome_pages_counter")]


@hooks.register("register_admin_menu_item")
def register_counter_menu_item() -> MenuItem:
    """Lead there from the menu: everybody who may log in may look."""
    return MenuItem(_("Counter"), reverse("welcome_pages_counter"), name="counter", icon_name="list-ol", order=210)
