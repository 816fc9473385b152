"""Rules of local notes that no form can enforce."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from .models import LocalNotePage


def connect() -> None:
    """Connect the receivers; called once, when the app is ready."""
    pre_save.connect(refuse_restriction_of_note, sender=PageViewRestriction, dispatch_uid="notes_refuse_restriction")


def refuse_restriction_of_note(sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any) -> None:
    """Refuse to restrict a note alone: it is read inside a public guide, where nobody would be asked for a password."""
    if isinstance(instance.page.specific, LocalNotePage):
        raise ValidationError(
            _(
                "A local note stands inside its guide. Restrict the guide or the municipality instead, or unpublish the note."
            )
        )
