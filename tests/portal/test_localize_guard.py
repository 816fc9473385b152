"""wagtail-localize's own views ask for rights to the page concerned."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase, override_settings
from django.urls import resolve, reverse
from django.urls.converters import IntConverter
from django.utils.translation import gettext
from wagtail.models import Page
from wagtail_localize.machine_translators.dummy import DummyTranslator
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.wagtail_hooks import register_admin_urls

from portal.municipalities.localize_guard import UNGUARDED
from portal.texts.models import TextState
from portal.texts.translators import TranslationRefused
from tests.factories import make_fact, translate
from tests.portal.role_fixtures import TRANSLATOR, build_role_site


def stock_names() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name and example arguments of every address that the installed wagtail-localize has."""
    (addresses,) = register_admin_urls()
    for address in addresses.url_patterns:
        converters = address.pattern.converters.items()
        yield address.name, {name: 1 if isinstance(each, IntConverter) else "x" for name, each in converters}


def view_module(name: str, arguments: dict[str, Any]) -> str:
    """Return the module of the view that answers an address of wagtail-localize."""
    view = resolve(reverse(f"wagtail_localize:{name}", kwargs=arguments)).func
    view = getattr(view, "view_class", getattr(view, "cls", view))
    return view.__module__


@pytest.mark.parametrize(("name", "arguments"), list(stock_names()))
def test_every_address_is_guarded_or_explained(name: str, arguments: dict[str, Any]) -> None:
    is_ours = view_module(name, arguments).startswith("portal.")
    assert is_ours != (name in UNGUARDED)


def test_no_explanation_outlives_its_address() -> None:
    assert UNGUARDED.keys() <= {name for name, _arguments in stock_names()}


class RefusingTranslator(DummyTranslator):
    """A service that answers nothing."""

    def translate(self, *arguments: Any) -> Any:
        raise TranslationRefused("The budget of this month is used up.")


REFUSING = {"CLASS": f"{__name__}.RefusingTranslator"}


class GuardTests(TestCase):
    """The language centre of Herning, translated into Polish."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.site = build_role_site()
        with cls.captureOnCommitCallbacks(execute=True):
            translate(cls.site.page("herning page", "da").specific, "pl")

    def setUp(self) -> None:
        self.danish, self.polish = self.site.page("herning page", "da"), self.site.page("herning page", "pl")
        self.translation = self.site.translation("herning page", "pl")

    def browser(self, role: str) -> Client:
        client = Client()
        client.force_login(self.site.people[role])
        return client

    def post(self, role: str, name: str, *arguments: Any, **data: Any) -> list[str]:
        """Send a form to wagtail-localize, and return the messages that the person sees."""
        response = self.browser(role).post(reverse(f"wagtail_localize:{name}", args=arguments), data)
        return [str(message) for message in get_messages(response.wsgi_request)]

    # Publishing -------------------------------------------------------------------------------------------------------

    def test_what_a_publisher_publishes_in_the_translation_editor_reaches_the_reader(self) -> None:
        StringTranslation.objects.filter(data="pl: Dansk").update(data="Nauka duńskiego")
        with self.captureOnCommitCallbacks(execute=True):
            address = reverse("wagtailadmin_pages:edit", args=[self.polish.pk])
            self.browser("publishers").post(address, {"action": "publish"})
        assert "Nauka duńskiego" in self.client.get("/pl/herning/sprogcenter/").content.decode()

    def test_publishers_see_who_refused_instead_of_an_error(self) -> None:
        StringTranslation.objects.all().delete()
        with override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=REFUSING):
            messages = self.post("publishers", "machine_translate", self.translation.pk)
            assert messages == ["The budget of this month is used up."]
            messages = self.post(
                "publishers", "update_translations", self.translation.source_id, use_machine_translation="on"
            )
            assert messages == ["The budget of this month is used up."]

    # Submitting -------------------------------------------------------------------------------------------------------

    def test_pages_below_are_never_submitted_along(self) -> None:
        page = self.site.page("herning", "da")
        form = self.browser("publishers").get(reverse("wagtail_localize:submit_page_translation", args=[page.pk]))
        assert form.context["form"]["include_subtree"].is_hidden
        german = self.site.pages["herning", "de"].locale_id
        self.post("publishers", "submit_page_translation", page.pk, locales=german, include_subtree="on")
        submitted = Translation.objects.filter(target_locale_id=german)
        assert [each.source.object_id for each in submitted] == [page.translation_key]

    def test_a_polish_page_is_never_the_source_of_a_translation(self) -> None:
        german = self.site.pages["herning page", "de"].locale_id
        self.post("publishers", "submit_page_translation", self.polish.pk, locales=german)
        sources = TranslationSource.objects.filter(object_id=self.polish.translation_key)
        assert [source.locale.language_code for source in sources] == ["da"]
        assert Translation.objects.filter(source=sources[0], target_locale_id=german).exists()

    # Uploading --------------------------------------------------------------------------------------------------------

    def test_a_file_that_was_not_downloaded_here_is_refused_with_a_message(self) -> None:
        file = SimpleUploadedFile("other.po", b'msgid "Dansk"\nmsgstr "X"\n')
        for data in ({"file": file}, {}):
            messages = self.post("publishers", "upload_pofile", self.translation.pk, **data)
            assert messages == [gettext("Please upload the PO file that you downloaded from this translation.")]
        assert not StringTranslation.objects.filter(data="X").exists()

    # Turning translations on and off ----------------------------------------------------------------------------------

    def test_only_publishers_restart_a_stopped_translation(self) -> None:
        self.post("publishers", "stop_translation", self.translation.pk)
        address = reverse("wagtailadmin_pages:edit", args=[self.polish.pk])
        for role, restarted in (("editors", False), ("publishers", True)):
            self.browser(role).post(address, {"localize-restart-translation": "1"})
            self.translation.refresh_from_db()
            assert self.translation.enabled is restarted

    def test_an_alias_never_becomes_a_page_of_its_own_with_a_danish_text(self) -> None:
        alias = self.site.page("herning page", "de")
        for role in ("publishers", "administrators"):
            self.browser(role).post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
            assert self.site.page("herning page", "de").alias_of_id == self.danish.pk

    def test_a_page_that_becomes_an_alias_again_is_no_longer_recorded_as_a_translation(self) -> None:
        assert TextState.objects.filter(page_id=self.polish.pk).exists()
        self.post("publishers", "convert_to_alias", self.polish.pk)
        assert self.site.page("herning page", "pl").alias_of_id == self.danish.pk
        assert not TextState.objects.filter(page_id=self.polish.pk).exists()

    # Lists ------------------------------------------------------------------------------------------------------------

    def test_the_report_lists_what_one_may_change(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            translate(self.site.page("holstebro page", "da").specific, "pl")
        address = reverse("wagtail_localize:translations_report")
        seen = {
            role: {each.source.object_repr for each in self.browser(role).get(address).context["object_list"]}
            for role in ("editors", "translators", "nobody")
        }
        assert seen == {"editors": {"Sprogcenter"}, "translators": {"Sprogcenter", "Bibliotek"}, "nobody": set()}

    def test_snippets_are_listed_to_those_who_may_see_them(self) -> None:
        make_fact("laegevagten")
        for name, arguments in (("listing", []), ("detail", ["laegevagten"])):
            address = reverse(f"wagtail_localize:snippets_api_{name}", args=["portal", "fact", *arguments])
            assert self.browser("editors").get(address).status_code == 200
            assert self.browser("nobody").get(address).status_code == 403

    # Machine translations that somebody has read ----------------------------------------------------------------------

    def test_only_publishers_say_that_a_machine_translation_was_read(self) -> None:
        self._translate_by_machine()
        address = reverse("portal_mark_translation_read", args=[self.polish.pk])
        assert self.browser("publishers").get(address).status_code == 405
        for role, still_unread in (("editors", True), ("publishers", False)):
            self.browser(role).post(address)
            texts = StringTranslation.objects.filter(locale=self.polish.locale_id, translation_type="machine")
            assert texts.exists() is still_unread

    def test_a_page_without_a_record_has_nothing_to_read(self) -> None:
        address = reverse("portal_mark_translation_read", args=[self.danish.pk])
        assert self.browser("publishers").post(address).status_code == 404

    def _translate_by_machine(self) -> None:
        StringTranslation.objects.all().delete()
        with override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=TRANSLATOR):
            self.post("publishers", "machine_translate", self.translation.pk)
        with self.captureOnCommitCallbacks(execute=True):
            self.translation.save_target(publish=True)

    # Deleting ---------------------------------------------------------------------------------------------------------

    def test_a_translation_whose_page_is_gone_is_not_found(self) -> None:
        Page.objects.get(pk=self.polish.pk).delete()
        address = reverse("wagtail_localize:stop_translation", args=[self.translation.pk])
        assert self.browser("administrators").post(address).status_code == 404
