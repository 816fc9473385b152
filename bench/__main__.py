"""`make bench`: runs all benchmarks and writes their results, with the limits they are held to, to bench/results/.

`make bench ONLY=pages`, `ONLY=search`, `ONLY=calendar` or `ONLY=hotline` runs one of them.
"""

import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.servers import ROOT
from bench.uncached_pages import measure

RESULTS = ROOT / "bench" / "results"
FILE = ROOT / "var" / "bench.sqlite3"
DATABASE = f"sqlite:///{FILE}"
MOST_GROWTH = 2.0
LEAST_DOCUMENTS_A_SECOND = 1000
LONGEST_UNTIL_FOUND = 2.0
MOST_QUERIES = 14
CALENDAR_DATABASE_MILLISECONDS = 50.0
CALENDAR_GROWTH = 1.3
NOT_MODIFIED_MILLISECONDS = 20.0
HOTLINE_DATABASE_MILLISECONDS = 50.0
MOST_BOOKING_QUERIES = 12


def prepare() -> None:
    """Load the starter content into the database of the benchmarks; later runs find it there."""
    (ROOT / "var").mkdir(exist_ok=True)
    environment = {**os.environ, "DATABASE_URL": DATABASE, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, "manage.py", "run_local", "--prepare-only"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def machine() -> dict[str, Any]:
    """Return when and on what was measured."""
    return {
        "measured_on": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }


def write(name: str, results: dict[str, Any]) -> None:
    """Write the results of one benchmark."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    target = RESULTS / f"{name}.json"
    target.write_text(json.dumps({**machine(), **results}, indent=2) + "\n")
    print(f"Written to {target.relative_to(ROOT)}")


def pages() -> list[str]:
    """Measure uncached pages, and return what is above its limit."""
    rows = measure(DATABASE)
    for row in rows:
        limit = f" (limit {row['limit']})" if row["limit"] else ""
        print(f"{row['path']}: {row['milliseconds']} ms of CPU, {row['ratio']} × a constant view{limit}")
    write("uncached_pages", {"pages": rows})
    return [row["path"] for row in rows if row["limit"] and row["ratio"] > row["limit"]]


def search() -> list[str]:
    """Measure the search beside stock Wagtail's, and return what is above its limit."""
    from tests.elasticsearch import Server  # a development dependency, and 100 MB

    with tempfile.TemporaryDirectory() as folder, Server() as server:
        for path in FILE.parent.glob(f"{FILE.name}*"):
            shutil.copy(path, folder)
        out = Path(folder) / "search.json"
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{Path(folder) / FILE.name}",
            "DJANGO_SETTINGS_MODULE": "bench.settings_of_search",
            "ELASTICSEARCH_URL": server.url,
        }
        subprocess.run([sys.executable, "-m", "bench.search", str(out)], cwd=ROOT, env=environment, check=True)
        results = json.loads(out.read_text(encoding="utf-8"))
    results["limits"] = limits(results)
    for name, (value, most) in results["limits"].items():
        print(f"{name}: {value} (limit {most})")
    write("search", results)
    return [name for name, (value, most) in results["limits"].items() if value > most]


def calendar() -> list[str]:
    """Measure the calendar with few and with many dates, and return what is above its limit."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "calendar.json"
        subprocess.run([sys.executable, "-m", "bench.calendar", str(out)], cwd=ROOT, check=True)
        results = json.loads(out.read_text(encoding="utf-8"))
    filtered, page = results["lists with filters"], results["page"]
    results["limits"] = {
        "queries of a page": (max(filtered["most_queries"], page["most_queries"]), MOST_QUERIES),
        "queries of a feed": (results["feed"]["most_queries"], MOST_QUERIES),
        "list with filters, p95 in the database": (
            filtered["p95_database_milliseconds"],
            CALENDAR_DATABASE_MILLISECONDS,
        ),
        "growth of the page from 100 to 150,000 dates": (results["growth"], CALENDAR_GROWTH),
        "feed that has not changed, p95": (
            results["whole feed, not modified"]["p95_milliseconds"],
            NOT_MODIFIED_MILLISECONDS,
        ),
    }
    for name, (value, most) in results["limits"].items():
        print(f"{name}: {value} (limit {most})")
    write("calendar", results)
    return [name for name, (value, most) in results["limits"].items() if value > most]


def hotline() -> list[str]:
    """Measure the booking of a call with few and with many free times, and return what is above its limit."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "hotline.json"
        subprocess.run([sys.executable, "-m", "bench.hotline", str(out)], cwd=ROOT, check=True)
        results = json.loads(out.read_text(encoding="utf-8"))
    queries = results["queries"]
    results["limits"] = {
        "list of free times, p95 in the database": (
            max(results[name]["p95_database_milliseconds"] for name in ("list, few times", "list")),
            HOTLINE_DATABASE_MILLISECONDS,
        ),
        **{f"queries of “{name}”": (max(counts), MOST_BOOKING_QUERIES) for name, counts in queries.items()},
        "queries that many times cost more than few": (max(many - few for few, many in queries.values()), 0),
    }
    for name, (value, most) in results["limits"].items():
        print(f"{name}: {value} (limit {most})")
    write("hotline", results)
    return [name for name, (value, most) in results["limits"].items() if value > most]


def limits(results: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Return the ratios that count, each with the most it may be."""
    table = results["p95_milliseconds"]
    found: dict[str, tuple[float, float]] = {}
    for what in ("page", "api"):
        for engine, reference in (("elasticsearch", "elasticsearch"), ("embedded", "database")):
            ratio = table[f"{engine}, 500"][what] / table[f"stock, {reference}, 500"]
            found[f"{what}, {engine}, against stock on the same engine"] = (round(ratio, 2), 1.0)
        growth = table["elasticsearch, 200000"][what] / table["elasticsearch, 500"][what]
        found[f"{what}, growth from 500 to 200,000 on Elasticsearch"] = (round(growth, 2), MOST_GROWTH)
    slowest = min(value for name, value in results.items() if name.startswith("documents_a_second"))
    found["a thousand documents indexed, in seconds"] = (round(1000 / slowest, 3), 1000 / LEAST_DOCUMENTS_A_SECOND)
    found["seconds until a publication is found"] = (
        results["seconds_until_a_publication_is_found"],
        LONGEST_UNTIL_FOUND,
    )
    return found


def main() -> int:
    """Measure, write, and return 1 if a limit is exceeded."""
    only = os.environ.get("ONLY", "")
    chosen = [run for run in (pages, search, calendar, hotline) if only in {"", run.__name__}]
    if {pages, search}.intersection(chosen):  # the others make a small site of their own
        prepare()
    exceeded = [name for run in chosen for name in run()]
    for name in exceeded:
        print(f"Above its limit: {name}")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
