"""What editors do to the record of a translation in the admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from portal.languages.notices import NEW

from .models import TextState
from .states import mark_as_read


def has_unread_machine_translation(page: Page) -> bool:
    """Say whether readers are told that nobody has read the machine translation of this page."""
    state = TextState.objects.filter(page_id=page.pk).first()
    parts = state.parts if state else {}
    texts = (entry for path, entries in parts.items() if path != NEW for entry in entries.values())
    return any("machine" in entry["flags"] for entry in texts)


@require_safe
def confirm_translation_read(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask before the promise is made."""
    page = get_object_or_404(Page, pk=page_id, text_state__isnull=False).specific
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    # The words are here and not in the template: the catalogues are collected from Python and Jinja2 only.
    words = {
        "title": _("Mark the machine translation as read"),
        "question": _(
            "A machine has translated this page. Have you read the whole translation and compared it with the Danish text? "
            "Readers are then no longer told that nobody has read it."
        ),
        "open": _("Open the page"),
        "yes": _("Yes, I have read it"),
        "no": _("Not yet"),
    }
    return render(request, "portal/admin/mark_read.html", {"page": page, "words": words})


@require_POST
def mark_translation_read(request: HttpRequest, page_id: int) -> HttpResponse:
    """Note that a person has read the machine translation of a page; readers are then no longer warned of it.

    That is a promise to the public, so it takes the right to publish the page.
    """
    page = get_object_or_404(Page, pk=page_id, text_state__isnull=False).specific
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    count = mark_as_read(page, request.user)
    if count:
        text = ngettext(
            "%(count)d machine-translated text is now marked as read.",
            "%(count)d machine-translated texts are now marked as read.",
            count,
        )
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("This page has no machine translation that is still to be read."))
    return redirect("wagtailadmin_pages:edit", page.pk)
