"""`make bench`: runs all benchmarks and writes their results, with the limits they are held to, to bench/results/."""

import datetime
import json
import os
import platform
import subprocess
import sys
from typing import Any

from bench.servers import ROOT
from bench.uncached_pages import measure

RESULTS = ROOT / "bench" / "results"
DATABASE = f"sqlite:///{ROOT / 'var' / 'bench.sqlite3'}"


def prepare() -> None:
    """Load the starter content into the database of the benchmarks; later runs find it there."""
    (ROOT / "var").mkdir(exist_ok=True)
    environment = {**os.environ, "DATABASE_URL": DATABASE, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, "manage.py", "run_local", "--prepare-only"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def main() -> int:
    """Measure, write, and return 1 if a limit is exceeded."""
    prepare()
    results: dict[str, Any] = {
        "measured_on": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "pages": measure(DATABASE),
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    target = RESULTS / "uncached_pages.json"
    target.write_text(json.dumps(results, indent=2) + "\n")
    exceeded = [row for row in results["pages"] if row["limit"] and row["ratio"] > row["limit"]]
    for row in results["pages"]:
        limit = f" (limit {row['limit']})" if row["limit"] else ""
        print(f"{row['path']}: {row['milliseconds']} ms of CPU, {row['ratio']} × a constant view{limit}")
    print(f"Written to {target.relative_to(ROOT)}")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
