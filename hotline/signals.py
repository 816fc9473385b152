"""Keeps the times that can be booked in step with roster, opening hours and closed days, and the state of the hotline too."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from . import state
from .models import Closure, HotlineLine, OpeningRule, Shift, StaffLanguage, StaffMember
from .slots import extend_after_commit


def connect() -> None:
    """Connect the receivers; called once, when the app is ready."""
    for signal in (post_save, post_delete):
        signal.connect(_roster_changed, sender=Shift, dispatch_uid=f"hotline_shift_{id(signal)}")
        signal.connect(_staff_changed, sender=StaffMember, dispatch_uid=f"hotline_staff_{id(signal)}")
        for model in (HotlineLine, OpeningRule, Closure):
            signal.connect(_hours_changed, sender=model, dispatch_uid=f"hotline_{model.__name__}_{id(signal)}")
        signal.connect(_forget, sender=StaffLanguage, dispatch_uid=f"hotline_language_{id(signal)}")


def _roster_changed(sender: type[Shift], instance: Shift, **kwargs: Any) -> None:
    extend_after_commit([instance.staff_id])


def _staff_changed(sender: type[StaffMember], instance: StaffMember, **kwargs: Any) -> None:
    state.forget()
    if not kwargs.get("created"):
        extend_after_commit([instance.pk])


def _hours_changed(sender: type[Any], **kwargs: Any) -> None:
    state.forget()
    transaction.on_commit(state.forget)
    extend_after_commit()


def _forget(sender: type[StaffLanguage], **kwargs: Any) -> None:
    transaction.on_commit(state.forget)
