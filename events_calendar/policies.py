"""Who may change which organiser: whoever may add pages below its municipality."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from portal.municipalities.policies import EVERYWHERE, OwnPlacePermissionPolicy, PlacePermissionPolicy, Somebody

__all__ = ["EVERYWHERE", "FeedPermissionPolicy", "OrganiserPermissionPolicy", "SubmissionPermissionPolicy"]


class OrganiserPermissionPolicy(PlacePermissionPolicy):
    """Every editor sees all organisers, and changes those of the municipalities whose pages they may add to."""


class SubmissionPermissionPolicy(OrganiserPermissionPolicy):
    """Who may see what clubs entered: the editors of the municipality alone, because an e-mail address is in it.

    Nobody writes there: the club does in its form, and editors in the page that was made of it.
    """

    def user_has_permission(self, user: Somebody, action: str) -> bool:
        """Say whether there may be entries for the user to look at."""
        return action == "view" and bool(self.places(user))

    def user_has_any_permission(self, user: Somebody, actions: Iterable[str]) -> bool:
        """Say the same for several rights, of which there is only one here."""
        return "view" in set(actions) and bool(self.places(user))

    def user_has_permission_for_instance(self, user: Somebody, action: str, instance: Any) -> bool:
        """Say whether the user may look at this entry."""
        places = self.places(user)
        return action == "view" and (EVERYWHERE in places or instance.municipality in places)

    def instances_user_has_any_permission_for(self, user: Somebody, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the entries of the user's municipalities."""
        places = self.places(user)
        entries = self.model._default_manager.all()
        return entries if EVERYWHERE in places else entries.filter(municipality__in=places)


class FeedPermissionPolicy(OwnPlacePermissionPolicy):
    """Who may connect a calendar: whoever may publish pages in its municipality, because it publishes by itself."""
