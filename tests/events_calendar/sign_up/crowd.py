"""Many people at once: threads that start together, and processes of their own.

`SIGN_UP_ROUNDS` and `SIGN_UP_PEOPLE` make the crowd as large as the numbers in docs/sign-up.md; by default it is small.
"""

import multiprocessing
import os
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections

from events_calendar.models import Occurrence, SignUp
from events_calendar.models.sign_ups import HOLDING
from events_calendar.sign_up.service import Party

ROUNDS = int(os.environ.get("SIGN_UP_ROUNDS", "2"))
PEOPLE = int(os.environ.get("SIGN_UP_PEOPLE", "200"))
PROCESSES = min(40, PEOPLE // 25)
THREADS = 32
CROWDS = 5 if ROUNDS >= 50 else 1
"""How often the largest crowd comes."""


def party(number: int | str, seats: int = 1, **values: Any) -> Party:
    """Return somebody who wants to come."""
    fields = {
        "seats": seats,
        "name": "Anna",
        "email": f"p{number}@example.dk",
        "phone": "",
        "language": "pl",
        "form_key": uuid.uuid4(),
        **values,
    }
    return Party(**fields)


def at_once(actions: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of it in threads that start together, and return what each returned or raised."""
    start = threading.Barrier(len(actions))
    outcomes: list[Any] = [None] * len(actions)

    def run(number: int, action: Callable[[], Any]) -> None:
        try:
            connections["default"].ensure_connection()
            start.wait(60)
            outcomes[number] = action()
        except Exception as error:
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _work(action: Callable[[int], Any], numbers: Sequence[int], start: Any, results: Any) -> None:
    outcomes = []
    connections["default"].ensure_connection()
    start.wait(60)
    for number in numbers:
        began = time.perf_counter()
        try:
            action(number)
            outcome = "done"
        except Exception as error:
            outcome = type(error).__name__
        outcomes.append((outcome, time.perf_counter() - began))
    results.put(outcomes)
    connections.close_all()


def in_processes(action: Callable[[int], Any], people: int, processes: int) -> list[tuple[str, float]]:
    """Do it for every number in processes of their own, and return what happened and how long each took."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(processes), context.SimpleQueue()
    workers = [
        context.Process(target=_work, args=(action, range(number, people, processes), start, results))
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    outcomes = [outcome for _worker in workers for outcome in results.get()]
    for worker in workers:
        worker.join()
    return outcomes


def names_of(outcomes: Sequence[Any]) -> list[str]:
    """Return what happened: the status of a sign-up, or the name of an error."""
    return sorted(one.status if isinstance(one, SignUp) else type(one).__name__ for one in outcomes)


def held(occurrence: Occurrence) -> int:
    """Return how many places are really held."""
    return sum(SignUp.objects.filter(occurrence=occurrence, status__in=HOLDING).values_list("seats", flat=True))


def again(row: Any) -> Any:
    """Return a row as it is now."""
    return type(row).objects.get(pk=row.pk)
