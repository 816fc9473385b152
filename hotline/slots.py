"""Makes the times that can be booked: the roster ∩ the opening hours − the closed days. Safe to run again at any time.

What is no longer offered is blocked and not deleted. A booking that stands in a blocked row keeps its time and has to be
reassigned by somebody (`hotline.bookings.to_reassign`).
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portal.transactions import retried

from .closed_days import closed_dates
from .hours import Interval, grid, interval, opening
from .models import Booking, BookingStatus, Closure, HotlineLine, Shift, Slot, SlotState, StaffMember

WEEK = datetime.timedelta(weeks=1)


@dataclass
class Changes:
    """How many times were made, opened again and blocked."""

    created: int = 0
    opened: int = 0
    blocked: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(self.created + other.created, self.opened + other.opened, self.blocked + other.blocked)


@dataclass(frozen=True)
class Offer:
    """What a colleague's time at the hotline is worth: where, and the calls that fit into it."""

    line: HotlineLine
    time: Interval
    calls: tuple[Interval, ...]


def extend_all(now: datetime.datetime | None = None) -> Changes:
    """Bring the times of everybody in step with the roster."""
    changes = Changes()
    for staff_id in StaffMember.objects.order_by("pk").values_list("pk", flat=True):
        changes += extend(staff_id, now)
    return changes


def extend_after_commit(staff_ids: Iterable[int] | None = None) -> None:
    """Do it when what was changed is stored; for everybody where no one is named."""
    ids = None if staff_ids is None else list(staff_ids)

    def run() -> None:
        for staff_id in StaffMember.objects.order_by("pk").values_list("pk", flat=True) if ids is None else ids:
            extend(staff_id)

    transaction.on_commit(run)


@retried
@transaction.atomic
def extend(staff_id: int, now: datetime.datetime | None = None) -> Changes:
    """Bring the times of one colleague in step with the roster, from now on."""
    now = now or timezone.now()
    staff = StaffMember.objects.select_for_update(no_key=True).filter(pk=staff_id).first()
    if staff is None:
        return Changes()
    offers = _offers(staff, now) if staff.is_active else []
    # Locked in the order in which bookings lock them.
    existing = list(Slot.objects.select_for_update(no_key=True).filter(staff=staff, starts_at__gt=now).order_by("pk"))
    booked = set(
        Booking.objects.filter(slot__in=[slot.pk for slot in existing], status=BookingStatus.BOOKED).values_list(
            "slot_id", flat=True
        )
    )
    return _store(staff, existing, booked, offers, now)


def _offers(staff: StaffMember, now: datetime.datetime) -> list[Offer]:
    today = timezone.localdate(now)
    lines = {line.pk: line for line in HotlineLine.objects.filter(is_active=True).prefetch_related("opening_rules")}
    closures = list(Closure.objects.filter(date_to__gte=today))
    found = []
    for shift in Shift.objects.filter(staff=staff, date__gte=today, line__in=lines).order_by("date", "start", "pk"):
        line = lines[shift.line_id]
        if shift.date > today + (line.horizon_weeks + 1) * WEEK:
            continue
        time = interval(shift.date, shift.start, shift.end, line.clock)
        closed = closed_dates(closures, line.pk, shift.date, shift.date, undecided=True)
        for window in opening(line.opening_rules.all(), closed, shift.date, shift.date, line.clock):
            present = time and time.common(window)
            if time and present:
                calls = tuple(grid(window, time, line.slot_minutes, line.gap_minutes))
                found.append(Offer(line, present, calls))
    return found


def _store(
    staff: StaffMember, existing: list[Slot], booked: set[int], offers: list[Offer], now: datetime.datetime
) -> Changes:
    changes, states = Changes(), defaultdict(list)
    busy = [_time(slot) for slot in existing if slot.pk in booked]
    wanted: dict[datetime.datetime, tuple[HotlineLine, Interval]] = {}
    for offer in offers:
        for call in offer.calls:
            if call.starts > now and not any(call.overlaps(other) for other in busy):
                wanted[call.starts] = (offer.line, call)
                busy.append(call)
    for slot in existing:
        if slot.pk in booked:
            time = _time(slot)
            is_offered = any(one.line.pk == slot.line_id and one.time.contains(time) for one in offers)
        else:
            found = wanted.pop(slot.starts_at, None)
            is_offered = found is not None
            if found and (slot.line_id, slot.ends_at) != (found[0].pk, found[1].ends):
                Slot.objects.filter(pk=slot.pk).update(line=found[0], ends_at=found[1].ends)
        state = SlotState.OPEN if is_offered else SlotState.BLOCKED
        if state != slot.state:
            states[state].append(slot.pk)
    for state, ids in states.items():
        Slot.objects.filter(pk__in=ids).update(state=state)
    made = Slot.objects.bulk_create(
        [
            Slot(
                line=line,
                staff=staff,
                starts_at=call.starts,
                ends_at=call.ends,
                local_date=call.starts.astimezone(line.clock).date(),
            )
            for line, call in wanted.values()
        ]
    )
    changes.created, changes.opened = len(made), len(states[SlotState.OPEN])
    changes.blocked = len(states[SlotState.BLOCKED])
    return changes


def _time(slot: Slot) -> Interval:
    return Interval(slot.starts_at, slot.ends_at)
