"""Documents say whether they are an example.

SQLite makes the table anew for a further column and loses the triggers that keep the full-text index with it.
"""

from importlib import import_module

from django.db import migrations, models

full_text = import_module("portal.migrations.0003_search_full_text")


def without_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        full_text.remove(apps, schema_editor)


def with_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        full_text.create(apps, schema_editor)
        schema_editor.execute(f"INSERT INTO {full_text.INDEX}({full_text.INDEX}) VALUES ('rebuild')")


class Migration(migrations.Migration):
    dependencies = [("portal", "0008_search_plan_steps")]
    operations = [
        migrations.RunPython(without_index, with_index),
        migrations.AddField("searchdocument", "is_example", models.BooleanField(default=False)),
        migrations.RunPython(with_index, without_index),
    ]
