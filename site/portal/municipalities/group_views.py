"""Wagtail's group form, followed by mirroring: it saves rights with `bulk_create`, which no signal reports."""

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.users.views.groups import CreateView, DeleteView, EditView, GroupViewSet

from .permissions import mirror_all


def mirror_and_tell(request: HttpRequest) -> None:
    """Bring the languages in line, and say so: a right given on a Polish page alone would vanish without a word."""
    mirrored = mirror_all()
    if mirrored.added or mirrored.removed:
        messages.info(
            request,
            _("Rights on Danish pages hold in every language: %(added)d added to translations, %(removed)d removed.")
            % {"added": mirrored.added, "removed": mirrored.removed},
        )


class MirroringCreateView(CreateView):
    """Creates a group whose rights hold in every language."""

    @transaction.atomic
    def process_form(self) -> HttpResponse:
        """Save the group and its rights, and mirror them in the same transaction."""
        response = super().process_form()
        mirror_and_tell(self.request)
        return response


class MirroringEditView(EditView):
    """Changes a group, and its rights in every language."""

    @transaction.atomic
    def process_form(self) -> HttpResponse:
        """Save the group and its rights, and mirror them in the same transaction."""
        response = super().process_form()
        mirror_and_tell(self.request)
        return response


class MirroringDeleteView(DeleteView):
    """Deletes a group, and its rights in every language."""

    @transaction.atomic
    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Delete the group, and mirror in the same transaction."""
        response = super().form_valid(form)
        mirror_and_tell(self.request)
        return response


class MirroringGroupViewSet(GroupViewSet):
    """The group views of Wagtail, with mirroring after each change."""

    add_view_class = MirroringCreateView
    edit_view_class = MirroringEditView
    delete_view_class = MirroringDeleteView
