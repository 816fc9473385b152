"""The process that fetches and reads one foreign calendar: `python -m events_calendar.imports.worker`.

It gets what to do as JSON and answers with JSON. Whoever starts it ends it when its time is over; it limits its own memory
and its own time on the processor besides.
"""

import datetime
import json
import resource
import sys
from typing import Any

from .fetch import FetchError, fetch
from .reader import ReadError, read

MEMORY = 1536 * 1024 * 1024
PROCESSOR_SECONDS = 40


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """Fetch and read the calendar of an order."""
    try:
        fetched = fetch(
            order["url"],
            etag=order["etag"],
            last_modified=order["last_modified"],
            trusted=frozenset(order["trusted"]),
            seconds=order["seconds"],
        )
        if fetched.body is None:
            return {"unchanged": True}
        first, last = (datetime.date.fromisoformat(order[name]) for name in ("first", "last"))
        found = read(fetched.body, first, last)
    except (FetchError, ReadError) as error:
        return {"error": str(error)}
    return {**found, "etag": fetched.etag, "last_modified": fetched.last_modified}


def main() -> None:
    """Answer one order."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    try:
        found = answer(json.load(sys.stdin))
    except MemoryError:
        found = {"error": "size"}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
