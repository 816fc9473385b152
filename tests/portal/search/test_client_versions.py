"""The next version of Elasticsearch's client does the same: whoever has a newer server may use it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests import tools
from tests.conftest import ROOT, _database_url, run_command
from tests.elasticsearch import needed

REQUIREMENTS = ROOT / "requirements-elasticsearch9.txt"
FOLDER = ROOT / "var" / "elasticsearch9"
CONTRACT = """
import json

from django.core.management import call_command
from elasticsearch import __versionstr__

from portal.search import documents as registry
from portal.search.backends import elasticsearch
from portal.search.models import SearchUpdate
from portal.search.service import suggest
from tests.portal.search.documents import Drawer, find, make_page

drawer = registry._sources["test"] = Drawer()
drawer.content["tax"] = make_page("tax", {"da": "Skattekort", "pl": "Karta podatkowa"})
call_command("rebuild_search_index", verbosity=0)
said = {"version": __versionstr__}
try:
    elasticsearch().check()
    answer = find("skatekort", "pl")
    said["search"] = [answer.backend, [hit.title_html for hit in answer.hits], answer.total]
    said["suggest"] = [one.text for one in suggest("podat", "pl")]
    drawer.change("tax", *make_page("tax", {"da": "Forskudsopgørelse"}))
    said["waiting"] = SearchUpdate.objects.count()
    answer = find("forskudsopgørelse", "pl")
    said["replaced"] = [answer.backend, [hit.title for hit in answer.hits], find("podatkowa", "pl").total]
finally:
    indexes = elasticsearch().client.indices
    indexes.delete(index=list(indexes.get(index="portal-*")))
print(json.dumps(said))
"""


@pytest.fixture(scope="session")
def client_9() -> Path:
    """A folder with the client of version 9, installed once."""
    mark, wanted = FOLDER / "installed.txt", hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    with needed("Elasticsearch client 9"):
        if not mark.exists() or mark.read_text() != wanted:
            shutil.rmtree(FOLDER, ignore_errors=True)
            _install()
            mark.write_text(wanted)
    return FOLDER


def _install() -> None:
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--target", str(FOLDER)]
    command = [sys.executable, "-m", "pip", "install", *options, "-r", str(REQUIREMENTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        raise tools.MissingTool(f"pip could not install it: {tools.ADDRESS.sub('…', last[0])}")


@pytest.mark.django_db(transaction=True)
def test_the_client_of_version_9_builds_searches_completes_and_updates(client_9: Path, elasticsearch_url: str):
    done = run_command(
        *("shell", "-v0", "-c", CONTRACT),
        database=_database_url(connection.settings_dict["NAME"]),
        ELASTICSEARCH_URL=elasticsearch_url,
        DJANGO_SETTINGS_MODULE="tests.settings_with_elasticsearch",
        PYTHONPATH=os.pathsep.join((str(client_9), "site", ".")),
    )
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout.splitlines()[-1])
    assert said.pop("version").startswith("9.")
    assert said == {
        "search": ["elasticsearch", ["Karta podatkowa"], 1],
        "suggest": ["Karta podatkowa"],
        "waiting": 0,
        "replaced": ["elasticsearch", ["Forskudsopgørelse"], 0],
    }
