"""The gettext catalogues of the project: collected from code and templates, compiled, and checked, all with Babel.

    python -m portal.catalogues update     write new messages into locale/*/LC_MESSAGES/django.po
    python -m portal.catalogues compile    make the .mo files
    python -m portal.catalogues check      fail if a message is missing, untranslated, unused or fuzzy

Babel reads Jinja2 and Python alike and needs no gettext on the machine; Django's `makemessages` needs it and reads no Jinja2.
"""

import datetime
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "locale"
LANGUAGES = tuple(sorted(path.name for path in LOCALE.iterdir() if path.is_dir()))
"""One folder per language; English is the language of the message ids and needs none."""
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
SOURCES = {
    "site": [("**.py", "python")],
    "welcome_pages": [("**.py", "python")],
    "events_calendar": [("**.py", "python")],
    "hotline": [("**.py", "python")],
    "templates": [("**.html", "jinja2")],
}


def path_of(language: str) -> Path:
    """Return the catalogue of a language."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def collect() -> Catalog:
    """Return all messages of code and templates."""
    template = Catalog(charset="utf-8", project="newcomer-portal", version="1")
    for folder, methods in SOURCES.items():
        for _file, _line, message, _comments, context in extract_from_dir(ROOT / folder, methods, keywords=KEYWORDS):
            template.add(message, context=context)
    return template


def read(language: str) -> Catalog:
    """Return the catalogue of a language, empty where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", project="newcomer-portal", version="1")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Write new messages into the catalogues and drop those that nothing uses any more."""
    template = collect()
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.fuzzy = False
        catalogue.header_comment = "# Interface of the newcomer portal. English is the message id."
        # Fixed dates: a catalogue changes only when one of its messages does.
        catalogue.creation_date = catalogue.revision_date = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        with path_of(language).open("wb") as file:
            write_po(file, catalogue, sort_output=True, no_location=True, omit_header=False, width=120)


def compile_all() -> None:
    """Make the binary catalogues that Django reads."""
    for language in LANGUAGES:
        with path_of(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language))


def problems() -> list[str]:
    """Return what is wrong with the catalogues, one line each."""
    wanted = {_key(message) for message in collect() if message.id}
    found = []
    for language in LANGUAGES:
        catalogue = read(language)
        present = {_key(message): message for message in catalogue if message.id}
        found += [f"{language}: missing: {_name(key)}" for key in sorted(wanted - present.keys())]
        found += [f"{language}: unused: {_name(key)}" for key in sorted(present.keys() - wanted)]
        for key, message in present.items():
            strings = [message.string or ""] if isinstance(message.string, str | None) else list(message.string)
            if message.fuzzy or not all(strings):
                found.append(f"{language}: not translated: {_name(key)}")
            errors = [*message.check(catalogue), *_lost_placeholders(message, strings)]
            found += [f"{language}: {error} in {_name(key)}" for error in errors]
    return found


def _key(message: Message) -> tuple[str, tuple[str, ...]]:
    """Return what gettext looks a message up by: one text alone and the same text with a plural are two messages."""
    return message.context or "", (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _name(key: tuple[str, tuple[str, ...]]) -> str:
    context, texts = key
    return (
        repr(texts[0])
        + (f" with the plural {texts[1]!r}" if len(texts) > 1 else "")
        + (f" ({context})" if context else "")
    )


def _lost_placeholders(message: Message, strings: Iterable[str]) -> Iterator[str]:
    """Yield what a translation does not say any more: Babel finds placeholders that are new, and not those that are gone."""
    texts = _key(message)[1]
    for number, string in enumerate(strings):
        source = texts[min(number, len(texts) - 1)]
        lost = set(PLACEHOLDER.findall(source)) - set(PLACEHOLDER.findall(string))
        if string and lost:
            yield f"{', '.join(sorted(lost))} is missing"


def main(arguments: list[str]) -> int:
    """Run one of the three actions."""
    actions = {"update": update, "compile": compile_all}
    if len(arguments) == 1 and arguments[0] in actions:
        actions[arguments[0]]()
        return 0
    if arguments == ["check"]:
        found = problems()
        print("\n".join(found) or "The catalogues are complete.")  # noqa: T201
        return 1 if found else 0
    print(__doc__)  # noqa: T201
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
