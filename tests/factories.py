"""Makes facts, terms and pages for tests: each with what the models require, and nothing more."""

import datetime
import itertools
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Locale, Page, Site
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource

from portal.facts.models import Fact, GlossaryTerm
from portal.municipalities.models import MunicipalityPage
from portal.pages.home import HomePage
from welcome_pages.models import GuideIndexPage, GuidePage, InformationPage, LocalNotePage, LocalPage, SituationPage

LANGUAGES = ["da", "en", "de", "pl", "ru"]
AUTHORITY = "authority-of-tests"
_numbers = itertools.count(1)


def make_fact(key: str, value: str = "70 11 31 31", kind: str = "phone", **fields: Any) -> Fact:
    """Save a fact that was checked today."""
    today = datetime.date.today()
    values = {
        "label": {"da": f"{key} (da)", "pl": f"{key} (pl)"},
        "source_name": "source.dk",
        "owner": "Borgerservice",
        "checked_on": today,
        "check_again_on": today + datetime.timedelta(days=90),
        **fields,
    }
    fact = Fact(key=key, kind=kind, value=value, **values)
    fact.full_clean()
    fact.save()
    return fact


def make_term(key: str, danish: str, **fields: Any) -> GlossaryTerm:
    """Save a glossary term."""
    values = {
        "word": {"da": danish, "pl": f"{danish} po polsku"},
        "meaning": {"da": "Betydning.", "pl": "Znaczenie."},
        **fields,
    }
    return GlossaryTerm.objects.create(key=key, **values)


def publish(page: Page) -> Page:
    """Publish what stands in a page object, and return the page as it is in the database."""
    page.full_clean()
    page.save_revision().publish()
    return page.__class__.objects.get(pk=page.pk)


def add_page(parent: Page, model: type[Page], slug: str, **fields: Any) -> Page:
    """Add a published Danish page below another one."""
    values = {"title": slug.replace("-", " ").capitalize(), "content_owner": "Borgerservice", **fields}
    page = model(slug=slug, locale=Locale.objects.get(language_code="da"), **values)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    return publish(page)


def add_guide(parent: Page, slug: str, **fields: Any) -> GuidePage:
    """Add a published guide; it describes no procedure unless told otherwise."""
    values = {"key": f"T{next(_numbers):02}-{slug}", "audiences": ["eu"], "is_procedure": False, **fields}
    if "authority_id" not in values:
        values.setdefault("authority", authority())
    return add_page(parent, GuidePage, slug, **values)


def authority() -> Fact:
    """Return the fact that names who is responsible for the guides of tests."""
    return Fact.objects.filter(pk=AUTHORITY).first() or make_fact(AUTHORITY, "Borgerservice", kind="text")


def block(kind: str, value: Any, block_id: str) -> dict[str, Any]:
    """Return a stream field block as it is stored."""
    return {"type": kind, "value": value, "id": block_id}


def link(page: Page, text: str = "link") -> str:
    """Return a rich-text link to a page."""
    return f'<a linktype="page" id="{page.pk}">{text}</a>'


def translate(
    page: Page,
    language: str,
    prefix: str = "",
    *,
    strings: dict[str, str] | None = None,
    publish: bool = True,
    sync: bool = True,
    kind: str = "manual",
    tool: str = "",
) -> Translation:
    """Translate a Danish page: each string by `strings`, or with a prefix ("pl: ") before it. Needs a transactional test."""
    page = page.__class__.objects.get(pk=page.pk)
    if sync:
        source, _created = TranslationSource.update_or_create_from_instance(page)
    else:
        source = TranslationSource.objects.get(object_id=page.translation_key)
    translation, _created = Translation.objects.get_or_create(
        source=source, target_locale=Locale.objects.get(language_code=language)
    )
    po = translation.export_po()
    for entry in po:
        if entry.obsolete:
            continue
        if strings is None:
            entry.msgstr = f"{prefix or language + ': '}{entry.msgid}"
        elif entry.msgid in strings:
            entry.msgstr = strings[entry.msgid]
    translation.import_po(po, translation_type=kind, tool_name=tool)
    translation.save_target(publish=publish)
    return translation


def in_language(page: Page, language: str) -> Page:
    """Return the version of a page in a language."""
    return page.__class__.objects.get(translation_key=page.translation_key, locale__language_code=language)


@dataclass
class Tree:
    """The pages of a small site; all of them Danish, with aliases in the other languages."""

    home: HomePage
    guides: GuideIndexPage
    arrival: SituationPage
    cpr: GuidePage
    tax: GuidePage
    herning: MunicipalityPage
    holstebro: MunicipalityPage
    language_centre: LocalPage
    note: LocalNotePage
    about: InformationPage
    locales: dict[str, Locale] = field(default_factory=dict)


def make_locales() -> dict[str, Locale]:
    """Return the locales of the five languages."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}


def make_home(locales: dict[str, Locale]) -> HomePage:
    """Replace what Wagtail's migrations made by a Danish home page and published copies in the other languages."""
    Page.objects.filter(depth=2).first() and [page.delete() for page in Page.objects.filter(depth=2)]
    root = Page.objects.get(depth=1)
    home = root.add_child(
        instance=HomePage(title="Velkommen", slug="forside", locale=locales["da"], content_owner="Redaktion")
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )
    for code in LANGUAGES[1:]:
        copy = home.copy_for_translation(locales[code])
        copy.title = f"Home {code}"
        copy.save_revision().publish()
    return HomePage.objects.get(pk=home.pk)


def build_tree(*, aliases: bool = True) -> Tree:
    """Build the small site: "CPR" links to "Tax", Herning has a note on "CPR" and a language centre."""
    locales = make_locales()
    home = make_home(locales)
    guides = add_page(home, GuideIndexPage, "guide", show_in_menus=True)
    arrival = add_page(guides, SituationPage, "ankomst")
    tax = add_guide(arrival, "skattekort", key="T11-tax-card", summary="Skat af løn.")
    cpr = add_guide(
        arrival,
        "cpr-nummer",
        key="T09-cpr-number",
        summary="Dit nummer i Danmark.",
        body=[block("section", {"heading": "Hvor", "text": f"<p>Se også {link(tax)}.</p>"}, "b1")],
        related=[block("guide", tax.pk, "r1")],
    )
    herning = add_page(home, MunicipalityPage, "herning", title="Herning Kommune", name="Herning")
    holstebro = add_page(home, MunicipalityPage, "holstebro", title="Holstebro Kommune", name="Holstebro")
    centre = add_page(
        herning,
        LocalPage,
        "sprogcenter",
        body=[block("section", {"heading": "Dansk", "text": f"<p>Først {link(cpr)}.</p>"}, "s1")],
    )
    note = add_page(
        herning,
        LocalNotePage,
        "note-cpr-nummer",
        guide=cpr,
        title="I Herning",
        body=[block("section", {"heading": "Her", "text": f"<p>Bestil tid. Se {link(tax)}.</p>"}, "n1")],
    )
    about = add_page(home, InformationPage, "om", body=[block("note", "<p>Om siden.</p>", "o1")])
    if aliases:
        for code in LANGUAGES[1:]:
            LocaleSynchronization.objects.get_or_create(locale=locales[code], defaults={"sync_from": locales["da"]})
    return Tree(
        HomePage.objects.get(pk=home.pk), guides, arrival, cpr, tax, herning, holstebro, centre, note, about, locales
    )
