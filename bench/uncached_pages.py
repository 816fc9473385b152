"""CPU of an uncached page against that of a constant Django view, measured in turns in the same run.

Both run under gunicorn with two synchronous workers and are asked over four connections. What counts is the CPU time of
the workers, not the seconds on the clock: other load on the machine then disturbs both alike.
"""

from statistics import median
from typing import Any

from bench.servers import serve

PAGES = [
    ("/pl/guide/ankomst/cpr-nummer/", 15),
    ("/pl/herning/guide/ankomst/cpr-nummer/", None),
    ("/pl/", None),
    ("/pl/herning/", None),
]
"""Address, and how many times the CPU of the constant view it may take."""
ROUNDS = 7
REQUESTS = 200
CONSTANT_REQUESTS = 2000


def measure(database: str) -> list[dict[str, Any]]:
    """Return one row per page: milliseconds of CPU per request (medians of the rounds) and the median of the ratios."""
    rows = []
    environment = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    with (
        serve("bench.constant:application", 8701) as constant,
        serve("portal.wsgi:application", 8702, **environment) as portal,
    ):
        for path, limit in PAGES:
            constant.get("/", CONSTANT_REQUESTS // 4)
            portal.get(path, REQUESTS // 2)
            pairs = [
                (constant.cpu_milliseconds("/", CONSTANT_REQUESTS), portal.cpu_milliseconds(path, REQUESTS))
                for _round in range(ROUNDS)
            ]
            rows.append(
                {
                    "path": path,
                    "milliseconds": round(median(page for _reference, page in pairs), 2),
                    "constant_view_milliseconds": round(median(reference for reference, _page in pairs), 3),
                    "ratio": round(median(page / reference for reference, page in pairs), 1),
                    "ratio_of_each_round": [round(page / reference, 1) for reference, page in pairs],
                    "limit": limit,
                }
            )
    return rows
