"""The full-text index of the embedded search, in the way of the database: FTS5 on SQLite, tsvector on PostgreSQL."""

from django.db import migrations

COLUMNS = ("own_stems", "danish_stems", "other_words")
TABLE = "portal_searchdocument"
INDEX = "portal_searchdocument_fts"

NEW = ", ".join(f"new.{column}" for column in COLUMNS)
OLD = ", ".join(f"old.{column}" for column in COLUMNS)
NAMES = ", ".join(COLUMNS)

SQLITE = [
    # The words are folded and stemmed already, so that the tokenizer only has to split at spaces.
    f"""CREATE VIRTUAL TABLE {INDEX} USING fts5({NAMES}, content='{TABLE}', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0")""",
    f"""CREATE TRIGGER {INDEX}_insert AFTER INSERT ON {TABLE} BEGIN
        INSERT INTO {INDEX}(rowid, {NAMES}) VALUES (new.id, {NEW}); END""",
    f"""CREATE TRIGGER {INDEX}_delete AFTER DELETE ON {TABLE} BEGIN
        INSERT INTO {INDEX}({INDEX}, rowid, {NAMES}) VALUES ('delete', old.id, {OLD}); END""",
    f"""CREATE TRIGGER {INDEX}_update AFTER UPDATE ON {TABLE} BEGIN
        INSERT INTO {INDEX}({INDEX}, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});
        INSERT INTO {INDEX}(rowid, {NAMES}) VALUES (new.id, {NEW}); END""",
]
POSTGRESQL = [
    # The weight of a lexeme tells which of the three it belongs to.
    f"""ALTER TABLE {TABLE} ADD COLUMN full_text tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, own_stems), 'A')
        || setweight(to_tsvector('simple'::regconfig, danish_stems), 'B')
        || setweight(to_tsvector('simple'::regconfig, other_words), 'C')) STORED""",
    f"CREATE INDEX {INDEX} ON {TABLE} USING gin (full_text)",
]


def create(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER {INDEX}_{name}")
        schema_editor.execute(f"DROP TABLE {INDEX}")
    else:
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN full_text")


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_search")]
    operations = [migrations.RunPython(create, remove)]
