"""A database with the small content folder loaded; every test gets a copy of it, and may change what it likes."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from wagtail.models import Page

from tests.conftest import migrated_template
from tests.welcome_pages.starter_content.small_content import LANGUAGES, ContentFolder
from welcome_pages.starter_content.loader import ContentLoader
from welcome_pages.starter_content.reader import read


def on_server(statement: str) -> None:
    """Run one statement on the server of the tests, outside every transaction."""
    import psycopg  # not needed where the tests run on SQLite

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(statement)


@contextmanager
def other_database(name: str, blocker: Any) -> Iterator[None]:
    """Use another database of the same server. Caches of the process would mix up the ids of the two."""
    own = connection.settings_dict["NAME"]
    with blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        ContentType.objects.clear_cache()
        cache.clear()
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = own
            ContentType.objects.clear_cache()
            cache.clear()


@dataclass
class SmallSite:
    """The small content folder and the database into which it was loaded."""

    folder: ContentFolder
    name: str

    @property
    def url(self) -> str:
        """Return the address of the database, for a process of its own."""
        head, _, query = os.environ["DATABASE_URL"].partition("?")
        return f"{head.rsplit('/', 1)[0]}/{self.name}?{query}"

    def load(self) -> ContentLoader:
        """Read and load the folder as it is now."""
        loader = ContentLoader(read(self.folder.root))
        for _step in loader.run():
            pass
        return loader

    def page(self, slug: str, language: str = "da") -> Page:
        """Return the version in a language of the Danish page with this slug."""
        danish = Page.objects.get(slug=slug, locale__language_code="da")
        return Page.objects.get(translation_key=danish.translation_key, locale__language_code=language).specific

    def versions(self, slug: str) -> list[Page]:
        """Return a page in every language."""
        return [self.page(slug, language) for language in LANGUAGES]

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row of every table as it is stored, with all time stamps."""
        found = {}
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = sorted(cursor.fetchall(), key=repr)
        return found


@pytest.fixture(scope="session")
def small_template(django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database into which the small folder was loaded once."""
    if os.environ["DATABASE_URL"].startswith("sqlite"):
        pytest.skip("copies of a database are made on PostgreSQL; test_loading_on_sqlite loads on SQLite")
    name = f"small_{uuid.uuid4().hex[:12]}"
    for copy in (name, f"{name}_empty"):
        on_server(f'CREATE DATABASE "{copy}" TEMPLATE "{migrated_template()}"')
    folder = ContentFolder(tmp_path_factory.mktemp("content"))
    with other_database(name, django_db_blocker):
        SmallSite(folder, name).load()
    yield name
    on_server(f'DROP DATABASE "{name}"')
    on_server(f'DROP DATABASE "{name}_empty"')


@pytest.fixture
def empty_site(small_template: str, django_db_blocker: Any, tmp_path: Path) -> Iterator[SmallSite]:
    """A database that was migrated and has no content, and the folder that could be loaded into it."""
    yield from _copy(f"{small_template}_empty", django_db_blocker, tmp_path)


@pytest.fixture
def small_site(small_template: str, django_db_blocker: Any, tmp_path: Path) -> Iterator[SmallSite]:
    """A copy of the database with the small content, and a folder of the same files."""
    yield from _copy(small_template, django_db_blocker, tmp_path)


def _copy(template: str, blocker: Any, root: Path) -> Iterator[SmallSite]:
    name = f"copy_{uuid.uuid4().hex[:12]}"
    on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        with other_database(name, blocker):
            yield SmallSite(ContentFolder(root), name)
    finally:
        on_server(f'DROP DATABASE "{name}"')
