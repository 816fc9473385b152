"""A form library on the small site, and forms in it."""

import itertools
from typing import Any

from tests.factories import Tree, add_page, make_fact
from welcome_pages.models import FormLibraryPage, FormPage

_numbers = itertools.count(50)
TEXTS = ("who_needs_it", "when_to_send", "what_to_attach", "what_happens_next")


def add_library(tree: Tree) -> FormLibraryPage:
    """Add the library and the two authorities that its forms name."""
    make_fact("authority-siri", "SIRI", "text", other_languages={"pl": "SIRI (urząd)"})
    make_fact("authority-skattestyrelsen", "Skattestyrelsen", "text")
    return add_page(tree.home, FormLibraryPage, "blanketter", title="Blanketter", show_in_menus=True)


def add_form(library: FormLibraryPage, slug: str, **fields: Any) -> FormPage:
    """Add a published form for which neither MitID nor a CPR number is needed."""
    values = {
        "key": f"F{next(_numbers)}-{slug}",
        "official_title": f"Ansøgning om {slug}",
        "evidence": "seen",
        "moment": "arrival",
        "topics": ["ankomst"],
        "audiences": ["eu"],
        "authority_id": "authority-siri",
        "form_languages": ["da", "en"],
        "mitid": "not-needed",
        "cpr_number": "not-needed",
        **{name: f"<p>Tekst {name}.</p>" for name in TEXTS},
        **fields,
    }
    return add_page(library, FormPage, slug, **values)
