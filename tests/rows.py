"""All rows of a database, read once and put back in bulk: through the models that takes fifty times as long."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction


class Rows:
    """The rows of all tables as they are now: what PostgreSQL writes out, or what SQLite answers."""

    def __init__(self) -> None:
        """Read them."""
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        with connection.cursor() as cursor:
            self._tables = {table: _read(cursor, table) for table in tables}

    def put_back(self) -> None:
        """Leave these rows and no others. Foreign keys are checked at the end of the transaction: any order will do."""
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in self._deletions():
                cursor.execute(statement)
            for table, rows in self._tables.items():
                if rows:
                    _write(cursor, table, rows)

    def _deletions(self) -> Iterator[str]:
        statements = [f'DELETE FROM "{table}"' for table in self._tables]
        if connection.vendor == "postgresql":
            yield "; ".join(statements)
        else:
            yield from statements


def _read(cursor: Any, table: str) -> Any:
    if connection.vendor == "postgresql":
        with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
            return b"".join(copy)
    return cursor.execute(f'SELECT * FROM "{table}"').fetchall()


def _write(cursor: Any, table: str, rows: Any) -> None:
    if connection.vendor == "postgresql":
        with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
            copy.write(rows)
    else:
        places = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)


def keep_first_rows_in_bulk() -> None:
    """Let Django keep the first rows of the test database this way; it puts them back before each test with real commits."""
    creation: Any = connection.creation
    creation.serialize_db_to_string = Rows
    creation.deserialize_db_from_string = Rows.put_back
