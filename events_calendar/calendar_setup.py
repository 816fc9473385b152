"""Makes the calendar page where there is none: a site without it would have activities that nobody finds."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from portal.pages.home import HomePage

from .models import CalendarPage
from .models.calendar import SLUG

TITLE = _("Calendar")
SUMMARY = _("Meet people, learn Danish, get answers: everything that takes place in the municipalities.")


def ensure_calendar(home: HomePage, content_owner: str = "Redaktionen") -> CalendarPage:
    """Return the calendar below the Danish home page. Where there is none it is made, in every language."""
    found: CalendarPage | None = CalendarPage.objects.child_of(home).first()
    if found is not None:
        return found
    with override(settings.LANGUAGE_CODE):
        page = CalendarPage(title=str(TITLE), summary=str(SUMMARY), slug=SLUG, show_in_menus=True, locale=home.locale)
    page.content_owner = content_owner
    home.add_child(instance=page)
    page.full_clean()
    page.save_revision().publish()
    source, _created = TranslationSource.update_or_create_from_instance(page)
    for locale in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE):
        if home.get_translation_or_none(locale):
            _translate(source, locale, [TITLE, SUMMARY])
    return page


def _translate(source: TranslationSource, locale: Locale, texts: list[object]) -> None:
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
