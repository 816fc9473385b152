"""The check of the gettext catalogues finds what a translator or a developer forgot; plurals follow each language."""

import gettext
import io

import polib
import pytest
from babel.messages.mofile import write_mo

from portal import catalogues

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("Search")
_("%(name)s and more")
pgettext("month", "May")
pgettext("permission", "May")
ngettext("%(count)s guide", "%(count)s guides", 2)
"""
PAGE = "<h1>{{ _('Welcome') }}</h1>{% trans count=2 %}{{ count }} page{% pluralize %}{{ count }} pages{% endtrans %}"
FORMS = {
    "da": ("%(count)s vejledning", "%(count)s vejledninger"),
    "pl": ("%(count)s poradnik", "%(count)s poradniki", "%(count)s poradników"),
    "ru": ("%(count)s памятка", "%(count)s памятки", "%(count)s памяток"),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small project with complete catalogues in three languages."""
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(catalogues, "LANGUAGES", tuple(FORMS))
    monkeypatch.setattr(catalogues, "SOURCES", {"code": [("**.py", "python")], "templates": [("**.html", "jinja2")]})
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "views.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    catalogues.update()
    for language, forms in FORMS.items():
        with edited(language) as file:
            for entry in file:
                if entry.msgid_plural:
                    entry.msgstr_plural = dict(enumerate(forms))
                else:
                    entry.msgstr = f"{entry.msgid} ({language})"
    return tmp_path


class edited:
    """Open a catalogue, and save it at the end."""

    def __init__(self, language: str) -> None:
        self.path = str(catalogues.path_of(language))

    def __enter__(self) -> polib.POFile:
        self.file = polib.pofile(self.path)
        return self.file

    def __exit__(self, *_error: object) -> None:
        self.file.save(self.path)


def entry(file: polib.POFile, text: str, context: str | None = None) -> polib.POEntry:
    return next(entry for entry in file if entry.msgid == text and (context is None or entry.msgctxt == context))


def test_complete_catalogues_have_no_problem(folder):
    assert catalogues.problems() == []


def test_messages_of_code_and_templates_are_collected(folder):
    found = {message.id for message in catalogues.collect() if message.id}
    assert found == {
        "Search",
        "%(name)s and more",
        "May",
        "Welcome",
        ("%(count)s guide", "%(count)s guides"),
        ("%(count)s page", "%(count)s pages"),
    }


def test_a_missing_message_is_found(folder):
    (folder / "code" / "views.py").write_text(f'{CODE}_("Print")\n', encoding="utf-8")
    assert catalogues.problems() == [f"{language}: missing: 'Print'" for language in FORMS]


def test_a_message_missing_in_one_language_is_found_there(folder):
    with edited("pl") as file:
        file.remove(entry(file, "Welcome"))
    assert catalogues.problems() == ["pl: missing: 'Welcome'"]


def test_a_message_missing_in_one_context_is_found(folder):
    with edited("pl") as file:
        file.remove(entry(file, "May", "permission"))
    assert catalogues.problems() == ["pl: missing: 'May' (permission)"]


def test_a_message_that_has_got_a_plural_is_found(folder):
    code = CODE.replace('_("Search")', 'ngettext("Search", "Searches", 2)')
    (folder / "code" / "views.py").write_text(code, encoding="utf-8")
    assert "pl: missing: 'Search' with the plural 'Searches'" in catalogues.problems()
    assert "pl: unused: 'Search'" in catalogues.problems()


def test_an_unused_message_is_found(folder):
    (folder / "templates" / "page.html").unlink()
    found = catalogues.problems()
    assert "ru: unused: 'Welcome'" in found
    assert "ru: unused: '%(count)s page' with the plural '%(count)s pages'" in found
    assert len(found) == 2 * len(FORMS)


def test_an_untranslated_message_is_found(folder):
    with edited("da") as file:
        entry(file, "Search").msgstr = ""
    assert catalogues.problems() == ["da: not translated: 'Search'"]


def test_a_plural_with_one_empty_form_is_found(folder):
    with edited("ru") as file:
        entry(file, "%(count)s guide").msgstr_plural[2] = ""
    assert catalogues.problems() == ["ru: not translated: '%(count)s guide' with the plural '%(count)s guides'"]


def test_a_guess_of_a_tool_is_found(folder):
    with edited("pl") as file:
        entry(file, "Search").flags.append("fuzzy")
    assert catalogues.problems() == ["pl: not translated: 'Search'"]


@pytest.mark.parametrize("broken", ["%(nome)s og mere", "%(name)d og mere", "og mere", "%s og mere"])
def test_a_broken_placeholder_is_found(folder, broken):
    with edited("da") as file:
        entry(file, "%(name)s and more").msgstr = broken
    found = catalogues.problems()
    assert found
    assert all(problem.startswith("da: ") and problem.endswith(" in '%(name)s and more'") for problem in found)


@pytest.mark.parametrize("form", [0, 1, 2])
@pytest.mark.parametrize("broken", ["%(liczba)s poradników", "wiele poradników"])
def test_a_broken_placeholder_in_any_form_of_a_plural_is_found(folder, form, broken):
    with edited("pl") as file:
        entry(file, "%(count)s guide").msgstr_plural[form] = broken
    found = catalogues.problems()
    assert found
    assert all(problem.endswith(" in '%(count)s guide' with the plural '%(count)s guides'") for problem in found)


def test_too_few_forms_of_a_plural_are_found(folder):
    with edited("pl") as file:
        del entry(file, "%(count)s guide").msgstr_plural[2]
    assert any(problem.startswith("pl: ") and "guide" in problem for problem in catalogues.problems())


def test_the_command_fails_where_there_is_a_problem(folder, capsys):
    assert catalogues.main(["check"]) == 0
    assert capsys.readouterr().out == "The catalogues are complete.\n"
    with edited("da") as file:
        entry(file, "Search").msgstr = ""
    assert catalogues.main(["check"]) == 1
    assert capsys.readouterr().out == "da: not translated: 'Search'\n"
    assert catalogues.main([]) == 2


def test_an_update_keeps_translations_and_drops_what_is_unused(folder):
    (folder / "code" / "views.py").write_text(CODE.replace('_("Search")', '_("Find")'), encoding="utf-8")
    catalogues.update()
    assert catalogues.problems() == [f"{language}: not translated: 'Find'" for language in FORMS]
    before = {language: catalogues.path_of(language).read_bytes() for language in FORMS}
    catalogues.update()
    assert {language: catalogues.path_of(language).read_bytes() for language in FORMS} == before


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("da", {1: 0, 2: 1, 5: 1, 22: 1, 0: 1}),
        ("pl", {1: 0, 2: 1, 5: 2, 22: 1, 0: 2, 12: 2, 21: 2, 25: 2, 112: 2, 104: 1}),
        ("ru", {1: 0, 2: 1, 5: 2, 22: 1, 0: 2, 12: 2, 21: 0, 25: 2, 112: 2, 101: 0}),
    ],
)
def test_compiled_catalogues_choose_the_form_of_the_number(folder, language, forms):
    catalogues.compile_all()
    with catalogues.path_of(language).with_suffix(".mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    for number, form in forms.items():
        found = translations.ngettext("%(count)s guide", "%(count)s guides", number)
        assert found == FORMS[language][form], number
    assert translations.gettext("Welcome") == f"Welcome ({language})"
    assert translations.pgettext("month", "May") == f"May ({language})"


@pytest.mark.parametrize("language", ["pl", "ru"])
def test_the_catalogues_that_ship_have_the_plurals_of_their_language(language):
    catalogue = catalogues.read(language)
    catalogue.add(("%(count)s x", "%(count)s xs"), ("one", "few", "many"))
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    stream.seek(0)
    translations = gettext.GNUTranslations(stream)
    found = [translations.ngettext("%(count)s x", "%(count)s xs", number) for number in (1, 2, 5, 22)]
    assert found == ["one", "few", "many", "few"]
