"""From the file of a starter activity to the field values of its page, on the day on which it is loaded."""

import datetime
from typing import Any

from portal.starter.fields import PageId, TranslatedFields
from portal.starter.located import Mapping

from ..choices import Registration
from ..schedules import Frequency, Schedule
from .days import NTHS, WEEKDAYS, day_after, working_days

REVIEW_AFTER = datetime.timedelta(days=180)


def schedule_of(data: Mapping, loading_day: datetime.date) -> Schedule:
    """Return when an activity takes place if it is loaded on a day."""
    repeats = data.get("repeats") or {}
    start_date, further = day_after(data["starts"], loading_day), []
    if not repeats:
        rules = [data["starts"], *data.get("further_dates", [])]
        start_date, *further = working_days(day_after(rule, loading_day) for rule in rules)
    start, end = _times(data)
    lasts_past_midnight = start is not None and end is not None and end <= start
    return Schedule(
        start_date=start_date,
        start_time=start,
        end_time=end,
        end_day_offset=data.get("days", 2 if lasts_past_midnight else 1) - 1,
        frequency=repeats.get("how", Frequency.DATES if further else Frequency.ONCE),
        interval=repeats.get("interval", 1),
        weekdays=tuple(sorted(WEEKDAYS[name] for name in repeats.get("weekdays", []))),
        nth=tuple(NTHS[name] for name in repeats.get("nth", [])),
        until=day_after(repeats["until"], loading_day) if "until" in repeats else None,
        count=repeats.get("count"),
        skip_holidays=repeats.get("skip_holidays", bool(repeats)),
        extra_dates=tuple(further),
    )


def _times(data: Mapping) -> tuple[datetime.time | None, datetime.time | None]:
    if "time" not in data:
        return None, None
    start, end = data["time"].split("-")
    return datetime.time.fromisoformat(start), datetime.time.fromisoformat(end)


class CalendarPageFields(TranslatedFields):
    """The values of a page of the calendar that has only a title and a summary."""

    def __init__(self, name: str, data: Mapping, page_id: PageId, loading_day: datetime.date) -> None:
        super().__init__(name, page_id)
        self.values = {
            "title": self.text(data["title"]),
            "summary": self.text(data["summary"]),
            "content_owner": data["owner"],
            "reviewed_on": loading_day,
            "review_again_on": loading_day + REVIEW_AFTER,
        }


class ActivityFields(CalendarPageFields):
    """The values of an example activity."""

    def __init__(self, name: str, data: Mapping, page_id: PageId, loading_day: datetime.date) -> None:
        super().__init__(name, data, page_id, loading_day)
        self.values.update(
            is_example=True,
            activity_type=data["type"],
            spoken_languages=list(data.get("spoken", [])),
            interpreter_languages=list(data.get("interpreters", [])),
            audiences=list(data.get("audiences", [])),
            also_in=list(data.get("also_in", [])),
            online_url=data.get("online", ""),
            venue_name=data.get("venue", {}).get("name", ""),
            venue_address=data.get("venue", {}).get("address", ""),
            body=[self.block(block, number) for number, block in enumerate(data["body"])],
            **self._texts(data),
            **_schedule_values(schedule_of(data, loading_day)),
            **_sign_up_values(data["sign_up"]),
        )

    def _texts(self, data: Mapping) -> dict[str, str]:
        keys = {"price": "price", "bring": "what_to_bring", "venue_note": "venue_note"}
        return {field: self.text(data[key]) if key in data else "" for key, field in keys.items()}


def _schedule_values(schedule: Schedule) -> dict[str, Any]:
    return {
        "start_date": schedule.start_date,
        "is_all_day": schedule.is_all_day,
        "start_time": schedule.start_time,
        "end_time": schedule.end_time,
        "end_day_offset": schedule.end_day_offset,
        "frequency": schedule.frequency,
        "interval": schedule.interval,
        "weekdays": list(schedule.weekdays),
        "nth": list(schedule.nth),
        "until": schedule.until,
        "count": schedule.count,
        "skip_holidays": schedule.skip_holidays,
        "extra_dates": [day.isoformat() for day in schedule.extra_dates],
    }


def _sign_up_values(data: Mapping) -> dict[str, Any]:
    return {
        "registration": Registration(data["how"]),
        "registration_url": data.get("address", ""),
        "capacity": data.get("places"),
        "waiting_places": data.get("waiting_places", 0),
        "opens_days_before": data.get("opens_days_before"),
        "closes_hours_before": data.get("closes_hours_before", 0),
    }
