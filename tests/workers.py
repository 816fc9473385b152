"""Which of several worker processes runs which tests: each file as a whole, and files that share something large together.

The mark `xdist_group` would say it beside the tests, but pytest-xdist 3.8 does not see it with pytest 9.2
(pytest-dev/pytest-xdist#1386), and then every worker reads the whole site and starts a search server of its own.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

TOGETHER = {
    "the whole site, read once": (
        "tests/browser/test_accessibility.py",
        "tests/browser/test_heads.py",
        "tests/browser/test_languages_of_texts.py",
        "tests/browser/test_links.py",
        "tests/browser/test_privacy_and_weight.py",
    ),
    "one Elasticsearch": (
        "tests/portal/search/test_answers.py",
        "tests/portal/search/test_client_versions.py",
        "tests/portal/search/test_elasticsearch_updates.py",
        "tests/portal/search/test_faults.py",
        "tests/portal/search/test_readiness.py",
        "tests/portal/search/test_rebuild_search_index.py",
        "tests/portal/search/test_relevance.py",
        "tests/portal/search/test_words.py",
    ),
    "the small content, loaded once": (
        "tests/welcome_pages/starter_content/test_command.py",
        "tests/welcome_pages/starter_content/test_editors_work.py",
        "tests/welcome_pages/starter_content/test_loader.py",
        "tests/welcome_pages/starter_content/test_loading_on_sqlite.py",
    ),
}
"""What is expensive to make, and the files that use it. These go first, so that no worker is left with one at the end."""
UNITS = {path: unit for unit, paths in TOGETHER.items() for path in paths}
LONG = ("tests/portal/test_roles.py", "tests/browser/", "tests/events_calendar/imports/test_import.py")
"""Files that take minutes come next."""


def unit_of(test: str) -> str:
    """Return the name of what a test is run with: its file, or the files that share something with it."""
    path = test.partition("::")[0]
    return UNITS.get(path, path)


def rank(unit: str) -> int:
    """Return the place of a unit in the queue."""
    if unit in TOGETHER:
        return list(TOGETHER).index(unit)
    return len(TOGETHER) if unit.startswith(LONG) else len(TOGETHER) + 1


class ByUnit(LoadScopeScheduling):
    """Gives a worker that has time the next unit."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)

    def _assign_work_unit(self, node: WorkerController) -> None:
        self.workqueue.move_to_end(min(self.workqueue, key=rank), last=False)
        super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByUnit:
    """Distribute the tests by unit."""
    config.option.loadscopereorder = False  # the order of the queue is ours
    return ByUnit(config, log)
