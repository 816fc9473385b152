"""What a reader of a translated guide sees: the texts with their marks, the remarks, and the notices at the top."""

from typing import Any

from bs4 import Tag
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from tests.factories import in_language, publish
from tests.portal.elements import by_text, language_of
from tests.portal.pages.reading import Reading, read

PATH = "guide/sygdom/laege/"


class Reader(Reading):
    """A guide as the reader of one language gets it."""

    @property
    def notices(self) -> dict[str, str]:
        """The notices at the top by kind, each without its link to the Danish text."""
        found = {}
        for notice in self.soup.select(".notice"):
            (kind,) = [name.removeprefix("notice--") for name in notice["class"] if name.startswith("notice--")]
            found[kind] = "".join(notice.find_all(string=True, recursive=False)).strip()
        return found

    @property
    def marks(self) -> dict[str, str]:
        """The state of every marked text."""
        return {tag.get_text(" ", strip=True): tag["data-state"] for tag in self.soup.main.select("[data-state]")}

    @property
    def remarks(self) -> list[str]:
        """The remarks below parts of the page, each without its link to the Danish text."""
        return ["".join(tag.find_all(string=True, recursive=False)).strip() for tag in self.soup.select("main .remark")]

    def element(self, text: str) -> Tag:
        """Return the element of the text itself."""
        return by_text(self.soup.main, text)

    def language_of(self, text: str) -> str | None:
        """Return the language that a text is marked as."""
        return language_of(self.element(text))

    def __contains__(self, text: str) -> bool:
        """Say whether the reader sees a text."""
        return text in self.main_text


def read_guide(language: str = "pl", path: str = PATH) -> Reader:
    """Return the guide of these tests as an anonymous reader gets it."""
    reader = Reader(read(Client(), f"/{language}/{path}").response)
    assert reader.status == 200
    return reader


def change(page: Page, **fields: Any) -> Page:
    """Publish a page with other fields; a list is blocks as they are stored."""
    page = page.__class__.objects.get(pk=page.pk)
    for name, value in fields.items():
        is_stream = isinstance(value, list)
        setattr(page, name, page._meta.get_field(name).to_python(value) if is_stream else value)
    return publish(page)


def translation_of(page: Page, language: str = "pl") -> Translation:
    """Return wagtail-localize's record of a translation."""
    return Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code=language)


def stored(page: Page, danish: str, language: str = "pl") -> StringTranslation:
    """Return the stored translation of a Danish string."""
    return StringTranslation.objects.get(
        translation_of__data=danish, context__object_id=page.translation_key, locale__language_code=language
    )


def polish(page: Page) -> Page:
    """Return the Polish version of a page."""
    return in_language(page, "pl")
