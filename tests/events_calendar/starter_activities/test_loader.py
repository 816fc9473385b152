"""Loading, loading again after an editor's work, and removing: with real commits, as the commands do it."""

import datetime
import io

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from events_calendar.models import ActivityIndexPage, ActivityPage, LoadedActivity, Occurrence, Organiser
from events_calendar.starter_activities.shipment import StarterActivities
from portal.management.commands import load_starter_content
from portal.pages.sitemap import entries
from tests.events_calendar.calendar_site import add_activity
from tests.events_calendar.starter_activities.small_activities import ActivityFolder

pytestmark = pytest.mark.django_db(transaction=True)
CAFE, EVENING = "herning/sprogcafe.yaml", "holstebro/skattemoede.yaml"


@pytest.fixture
def folder(tree, tmp_path, monkeypatch):
    """The folder that the command reads, and nothing else."""
    folder = ActivityFolder(tmp_path)
    monkeypatch.setattr(load_starter_content, "shipments", [StarterActivities(folder.root)])
    return folder


def run(*arguments: str) -> str:
    stream = io.StringIO()
    call_command(*arguments, stdout=stream)
    return stream.getvalue()


def load() -> str:
    return run("load_starter_content")


def page(slug: str, language: str = "da") -> ActivityPage:
    return ActivityPage.objects.get(slug=slug, locale__language_code=language)


def state() -> tuple:
    pages = Page.objects.order_by("pk").values_list("pk", "latest_revision_created_at", "title", "live", "path")
    dates = Occurrence.objects.order_by("pk").values_list("pk", "uid", "starts_at", "sequence", "changed_at")
    return list(pages), list(dates), list(Organiser.objects.values_list()), list(LoadedActivity.objects.values_list())


def test_examples_are_loaded_read_kept_and_removed(folder, client, caplog):
    # Loading: five languages, managed translations, dates.
    assert "2 activities in 2 municipalities. Written now: 5 pages in all languages, 1 organisers." in load()
    assert [list(problem) for problem in Page.find_problems()] == [[], [], [], [], []]
    for slug in ("sprogcafe", "skattemoede"):
        versions = ActivityPage.objects.filter(translation_key=page(slug).translation_key)
        assert {(one.locale.language_code, one.live, one.alias_of_id) for one in versions} == {
            (code, True, None) for code in ("da", "en", "de", "pl", "ru")
        }
        assert all(one.is_example for one in versions)
        assert page(slug).occurrences.filter(starts_at__gt=timezone.now()).exists()
    assert page("sprogcafe", "pl").title == "(pl) Sprogcafé"
    assert page("sprogcafe", "ru").price == "(ru) Gratis."
    assert page("sprogcafe").organiser.municipality == "herning"
    assert page("skattemoede").start_date > timezone.localdate()
    assert page("skattemoede").end_day_offset == 1
    assert ActivityIndexPage.objects.count() == 10
    assert not StringTranslation.objects.filter(has_error=True).exists()
    assert Translation.objects.filter(source__object__translation_key=page("sprogcafe").translation_key).count() == 4

    # Readers are told, search engines are not.
    response = client.get("/pl/herning/aktiviteter/sprogcafe/")
    soup = BeautifulSoup(response.content.decode(), "html.parser")
    notice = soup.select_one(".notice--example")
    assert notice["lang"] == "pl"
    assert "noindex" in soup.find("meta", attrs={"name": "robots"})["content"]
    overview = BeautifulSoup(client.get("/en/herning/aktiviteter/").content.decode(), "html.parser")
    assert overview.select_one(".mark--example").get_text() == "Example"
    addresses = [entry.url for entry in entries()]
    assert any(address.endswith("/da/herning/aktiviteter/") for address in addresses)
    assert not any("/aktiviteter/sprogcafe" in address for address in addresses)

    # Loading again changes nothing; an editor's work stays.
    before = state()
    assert load() == "Starter activities: nothing new in the files.\n"
    assert state() == before
    cafe = page("sprogcafe")
    cafe.summary = "Redaktørens ord."
    cafe.save_revision().publish()
    folder.write(CAFE, (folder.root / CAFE).read_text().replace("Tag en ven med.", "Tag din nabo med."))
    folder.write(EVENING, (folder.root / EVENING).read_text().replace("Skattekort.", "Skattekort og fradrag."))
    starts = list(page("skattemoede").occurrences.values_list("uid", "starts_at"))
    assert load().splitlines()[0] == f"Left as it is, because an editor changed or deleted it: {CAFE}"
    assert page("sprogcafe").summary == "Redaktørens ord."
    assert "Skattekort og fradrag." in str(page("skattemoede", "de").body)
    assert list(page("skattemoede").occurrences.values_list("uid", "starts_at")) == starts

    # Removing: what people have signed up for stays; a real activity stays; nothing comes back.
    real = add_activity(ActivityIndexPage.objects.get(path=page("sprogcafe").get_parent().path), "rigtig")
    page("skattemoede").occurrences.update(taken=1)
    with pytest.raises(CommandError, match="Left, because people have signed up: Skattemøde"):
        call_command("remove_example_activities", stdout=io.StringIO())
    assert not ActivityPage.objects.filter(slug="sprogcafe").exists()
    assert not Organiser.objects.exists()
    done = run("remove_example_activities", "--with-sign-ups")
    assert done.startswith("Removed: 1 example activities (5 pages in all languages), 1 dates")
    assert set(ActivityPage.objects.values_list("slug", flat=True)) == {"rigtig"}
    assert real.occurrences.exists()
    assert not TranslationSource.objects.filter(specific_content_type__model="activitypage").exclude(
        object__translation_key=real.translation_key
    )
    assert [list(problem) for problem in Page.find_problems()] == [[], [], [], [], []]
    folder.write(CAFE, (folder.root / CAFE).read_text().replace("Tag din nabo med.", "Tag to venner med."))
    assert "Written now: 0 pages" in load()
    assert set(ActivityPage.objects.values_list("slug", flat=True)) == {"rigtig"}
    assert run("remove_example_activities").startswith("Removed: 0 example activities")
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_file_with_a_mistake_stops_everything_before_anything_is_written(folder):
    folder.change(EVENING, "places: 10", "places: many")
    before = state()
    with pytest.raises(CommandError, match=r"holstebro/skattemoede\.yaml:\d+: “places” .*Nothing was loaded\."):
        load()
    assert state() == before


def test_what_has_become_a_real_activity_is_no_example_in_any_language(folder):
    load()
    cafe = page("sprogcafe")
    cafe.is_example = False
    cafe.save_revision().publish()
    run("remove_example_activities")
    assert ActivityPage.objects.filter(slug="sprogcafe").count() == 5
    assert any("/pl/herning/aktiviteter/sprogcafe/" in entry.url for entry in entries())
    assert Organiser.objects.count() == 1


def test_an_example_whose_municipality_is_gone_is_left_out(folder, tree):
    tree.holstebro.delete()
    assert EVENING in load()
    assert page("sprogcafe").live
    assert datetime.date.today() < page("sprogcafe").occurrences.order_by("starts_at").first().local_date
