"""Makes the page of the hotline and its opening hours where there are none."""

import datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from portal.pages.home import HomePage

from .models import HotlineLine, HotlinePage, OpeningRule
from .models.pages import SLUG

TITLE = _("Hotline")
SUMMARY = _("Talk to a person. We help with questions about living here, and with filling in Danish forms.")
HOW = _("How it works")
STEPS = [
    _("Book a time. It takes two minutes, and you need no account."),
    _("We call you at that time, on the number that you give us, in Denmark or abroad."),
    _("Have the letter or the form that it is about in front of you. We look at it together."),
]
LIMITS = _(
    "We explain rules and forms. We do not decide your case, and we cannot see it. We never ask for your CPR number."
)
WEEKDAY, START, END = 0, datetime.time(13), datetime.time(15)


def ensure_line() -> HotlineLine:
    """Return the hotline; where there is none it is made, with Mondays from 13 to 15."""
    found = HotlineLine.objects.first()
    if found is not None:
        return found
    line = HotlineLine.objects.create(name="Hotline")
    OpeningRule.objects.create(line=line, weekday=WEEKDAY, start=START, end=END)
    return line


def ensure_hotline(home: HomePage, content_owner: str = "Redaktionen") -> HotlinePage:
    """Return the hotline below the Danish home page. Where there is none it is made, in every language."""
    ensure_line()
    found: HotlinePage | None = HotlinePage.objects.child_of(home).first()
    if found is not None:
        return found
    texts = [TITLE, SUMMARY, HOW, *STEPS, LIMITS]
    with override(settings.LANGUAGE_CODE):
        steps = "".join(f"<li>{step}</li>" for step in STEPS)
        section = {"heading": str(HOW), "text": f"<ol>{steps}</ol><p>{LIMITS}</p>"}
        page = HotlinePage(
            title=str(TITLE),
            summary=str(SUMMARY),
            body=[("section", section)],
            slug=SLUG,
            show_in_menus=True,
            locale=home.locale,
        )
    page.content_owner = content_owner
    home.add_child(instance=page)
    page.full_clean()
    page.save_revision().publish()
    source, _created = TranslationSource.update_or_create_from_instance(page)
    for locale in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE):
        if home.get_translation_or_none(locale):
            _translate(source, locale, texts)
    return page


def _translate(source: TranslationSource, locale: Locale, texts: list[Promise]) -> None:
    """Publish a translation that translators can go on with."""
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    with override(settings.LANGUAGE_CODE):
        danish = [str(text) for text in texts]
    with override(locale.language_code):
        words = dict(zip(danish, map(str, texts), strict=True))
    catalogue = translation.export_po()
    for entry in catalogue:
        entry.msgstr = words.get(entry.msgid, entry.msgstr)
    translation.import_po(catalogue, translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL)
    translation.save_target(publish=True)
