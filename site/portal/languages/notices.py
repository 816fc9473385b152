"""What the reader is told about the text in front of them: not translated, out of date, or read by no person yet."""

import datetime
from dataclasses import dataclass

from babel.dates import format_date
from django.utils.translation import gettext as _

from .versions import Version

NEW = "*new*"
"""The path under which `TextState.parts` has the Danish texts that no translation was made from."""


@dataclass(frozen=True)
class Notice:
    """One sentence or two at the top of a page."""

    kind: str
    text: str
    links_to_danish: bool = True


def notices(version: Version, language: str) -> list[Notice]:
    """Return the notices for one version, the most important first. Each is a whole sentence in every language."""
    if version.is_source:
        return []
    if not version.is_real:
        return [
            Notice(
                "danish",
                _("This page has not been translated into your language yet. You are reading the Danish text."),
                False,
            )
        ]
    parts = version.parts
    flags = {
        flag for path, entries in parts.items() if path != NEW for entry in entries.values() for flag in entry["flags"]
    }
    found = []
    if "changed" in flags or parts.get(NEW):
        found.append(Notice("changed", _changed(version, language)))
    if "danish" in flags:
        found.append(Notice("danish", _("Some parts of this page have not been translated yet. They are in Danish.")))
    if "machine" in flags:
        found.append(
            Notice(
                "machine",
                _(
                    "A machine has translated this page. Nobody has read the translation yet, so it may contain mistakes."
                ),
            )
        )
    return found


def _changed(version: Version, language: str) -> str:
    entries = [
        entry
        for path, by_text in version.parts.items()
        if path != NEW
        for entry in by_text.values()
        if "changed" in entry["flags"]
    ]
    made = [datetime.date.fromisoformat(entry["made"]) for entry in entries if entry["made"]]
    since = [datetime.date.fromisoformat(entry["since"]) for entry in entries if entry["since"]]
    new = version.parts.get(NEW)
    if isinstance(new, dict):
        since += [datetime.date.fromisoformat(day) for days in new["since"].values() for day in days.values()]
    if not since and version.source_changed_on:
        since = [version.source_changed_on]
    if not since:
        return _("The Danish text has been changed after this translation was made.")
    changed_on = format_date(max(since), "long", locale=language)
    if not made and isinstance(new, dict) and new["made"]:
        return _(
            "The Danish text was changed on %(changed)s. This translation is from %(made)s; something may be missing."
        ) % {
            "changed": changed_on,
            "made": format_date(datetime.date.fromisoformat(new["made"]), "long", locale=language),
        }
    if not made:
        return _("The Danish text was changed on %(changed)s. Something here may be missing or out of date.") % {
            "changed": changed_on
        }
    return _(
        "The Danish text was changed on %(changed)s. This translation is from %(made)s; the marked parts may be out of date."
    ) % {
        "changed": changed_on,
        "made": format_date(min(made), "long", locale=language),
    }


def paragraph_notice(flags: list[str]) -> str:
    """Return the short remark beside one part of the page."""
    if "changed" in flags:
        return _("The Danish text of this part has been changed. It may be out of date.")
    if "danish" in flags:
        return _("This part has not been translated yet.")
    return ""
