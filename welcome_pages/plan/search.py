"""What the search finds of the plan: the page with the questions, and every step by itself."""

from collections.abc import Collection, Iterable, Iterator

from django.conf import settings
from django.utils.translation import override

from portal.facts.rendering import plain
from portal.pages.rows import relative_path
from portal.search.documents import Document, Kind
from portal.search.page_source import PageSource, PageVersions, page_text

from ..models.plan import STEPS, PlanPage
from .addresses import cited_by_plan
from .rules import Step
from .texts import Text, Texts, shipped

DANISH = settings.LANGUAGE_CODE


class PlanSource(PageSource):
    """The plan, and its steps in every language in which there is a page of the plan and a name of the step."""

    def __init__(self) -> None:
        super().__init__("plan", PlanPage, Kind.GUIDE)
        self.reads_files = True

    def origins_citing(self, fact: str) -> Iterable[str]:
        """Return the plan where a step cites the fact: its value stands in what is found."""
        return self.origins() if fact in cited_by_plan() else ()

    def documents_of(self, versions: PageVersions) -> Iterator[Document]:
        """Yield the page of the plan, which is about what to do before, in the first week and later, then all steps."""
        rules, texts = shipped()
        phases = list(texts.named["phases"].values())
        words = {language: f"{page_text(page)}\n{_words(phases, language)}" for language, page in versions.items()}
        for page in versions.values():
            yield self.document(page, versions, words)
        path = relative_path(next(iter(versions.values())).url_path)
        for step in rules.steps.values():
            origin = self.origin_of(next(iter(versions.values())))
            yield from self._versions_of(step, texts, versions, f"{path}{STEPS}", origin)

    def _versions_of(
        self, step: Step, texts: Texts, languages: Collection[str], path: str, origin: str
    ) -> Iterator[Document]:
        titles = {code: title for code, title in texts.steps[step.key]["title"].items() if code in languages}
        why = texts.steps[step.key]["why"]
        danish = f"{_words([why], DANISH)} {_words(_texts_of(step, texts), DANISH)}" if DANISH in titles else ""
        for language, title in titles.items():
            yield Document(
                source=self.name,
                origin=origin,
                part=step.key,
                language=language,
                key=f"plan/{step.key}",
                kind=Kind.PLAN,
                title=title,
                summary=_words([why], language),
                body=_words(_texts_of(step, texts), language),
                path=f"{path}{step.key}/",
                danish_title=titles.get(DANISH, "") if language != DANISH else "",
                danish_body=danish if language != DANISH else "",
                other_titles=tuple(other for code, other in titles.items() if code not in {language, DANISH}),
                missing_in=tuple(code for code, _name in settings.LANGUAGES if code not in titles)
                if language == DANISH
                else (),
            )


def _texts_of(step: Step, texts: Texts) -> list[Text]:
    """Return what is said about a step beside its name and its reason, whoever takes it; papers and places it shares."""
    words, named = texts.steps[step.key], texts.named
    return [
        words["duration"],
        words["next"],
        *(named["notes"][choice.key] for choice in step.notes),
        *(named["deadlines"][choice.key] for choice in step.deadline_rule),
    ]


def _words(found: list[Text], language: str) -> str:
    """Return what of these texts there is in a language."""
    with override(language):
        return "\n".join(plain(text[language]) for text in found if language in text)
