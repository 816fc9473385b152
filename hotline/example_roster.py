"""Two example colleagues with their shifts, so that anybody can book a call and work at the desk on a fresh site."""

import datetime
import io

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from portal.municipalities.roles import HOTLINE_STAFF
from portal.municipalities.setup import create_roles

from .hours import days, holds
from .models import HotlineLine, Shift, Slot, StaffLanguage, StaffMember
from .slots import extend

WEEKS = 8
COLLEAGUES = {
    "hotline-example-1": ("Eksempel: Mette", ("da", "en", "de")),
    "hotline-example-2": ("Eksempel: Adam", ("da", "en", "pl")),
}
"""User names, and what colleagues see: the name says in Danish that it is an example."""


def make(line: HotlineLine, password: str = "") -> int:
    """Make them, with a shift in every opening time of the coming weeks, and return how many times can be booked.

    Run again it adds the weeks that have come nearer. Without a password nobody can log in as one of them.
    """
    staff = [_colleague(username, password) for username in COLLEAGUES]
    today = timezone.localdate()
    last = today + datetime.timedelta(weeks=WEEKS)
    shifts = [
        Shift(staff=one, line=line, date=day, start=rule.start, end=rule.end)
        for one in staff
        for rule in line.opening_rules.all()
        for day in days(today, last)
        if holds(rule, day)
    ]
    Shift.objects.bulk_create(shifts, ignore_conflicts=True)
    for one in staff:
        extend(one.pk)
    return Slot.objects.filter(staff__in=staff, starts_at__gt=timezone.now(), state="open").count()


@transaction.atomic
def _colleague(username: str, password: str) -> StaffMember:
    name, languages = COLLEAGUES[username]
    user, is_new = get_user_model().objects.get_or_create(
        username=username, defaults={"first_name": name.split()[-1], "last_name": "(eksempel)"}
    )
    if password:
        user.set_password(password)
    elif is_new:
        user.set_unusable_password()
    user.save()
    _join_desk(user)
    staff, _created = StaffMember.objects.get_or_create(user=user, defaults={"name": name})
    for language in languages:
        StaffLanguage.objects.get_or_create(staff=staff, language=language)
    return staff


def _join_desk(user: AbstractUser) -> None:
    create_roles(io.StringIO())
    user.groups.add(Group.objects.get(name=HOTLINE_STAFF.group_name()))


def remove() -> tuple[int, int]:
    """Remove them; return how many colleagues there were, and how many stay as inactive because calls name them.

    Calls that were booked with them stand in the list of calls to reassign.
    """
    found = list(StaffMember.objects.filter(user__username__in=COLLEAGUES))
    kept = 0
    for staff in found:
        Shift.objects.filter(staff=staff).delete()
        extend(staff.pk)
        Slot.objects.filter(staff=staff, bookings=None).delete()
        try:
            with transaction.atomic():
                staff.delete()
        except ProtectedError:
            StaffMember.objects.filter(pk=staff.pk).update(is_active=False)
            kept += 1
    get_user_model().objects.filter(username__in=COLLEAGUES).delete()
    return len(found), kept
