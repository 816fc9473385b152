"""What has to be confirmed before pages can say it, by a municipality or an organisation: nobody invents a number."""

from collections.abc import Iterator

from portal.facts.models import Confidence, Fact, Kind
from portal.facts.viewsets import municipality_choices
from portal.texts.findings import Finding

SUBJECTS: dict[str, tuple[str, ...]] = {
    "telephone of Borgerservice": ("phone", "citizen-service-phone"),
    "address of Borgerservice": ("address", "citizen-service-address"),
    "how to book an appointment": ("booking",),
    "which languages its staff speak, and on which days": ("languages",),
    "whether ICS West serves its residents": ("ics-west",),
    "who gives Danish lessons, and until when": ("language-centre",),
    "which schools receive newcomers": ("reception-school", "reception-schools"),
    "how to get a place in childcare, and by when": ("childcare",),
    "which housing associations there are": ("housing",),
    "its libraries": ("libraries",),
    "what its job service is called, and its telephone": ("job-service", "job-service-phone"),
    "who receives newcomers": ("newcomer-consultant",),
    "which networks for internationals exist today": ("networks", "international-living"),
    "whom employers call": ("business-service",),
    "its rules for waste": ("waste",),
    "which dentist is on duty": ("dentist-on-duty",),
}
"""Subject → how the key of a local fact ends that answers it, after the municipality: `herning-ics-west`."""

CRISIS_LINES = {
    "suicide-line": "Livslinien",
    "violence-line": "Lev Uden Vold",
    "line-for-children": "BørneTelefonen",
}
"""Key of a fact → whose number it is. Until the number is certain, the fact is a link to the organisation."""


def confirmation_findings() -> Iterator[Finding]:
    """Yield what is unconfirmed: the numbers of crisis lines, then the subjects of each municipality."""
    yield from _crisis_lines()
    yield from _municipalities()


def _crisis_lines() -> Iterator[Finding]:
    facts = Fact.objects.in_bulk(list(CRISIS_LINES))
    for key, organisation in CRISIS_LINES.items():
        fact = facts.get(key)
        if fact is None or fact.kind != Kind.PHONE or fact.confidence != Confidence.HIGH:
            yield Finding(False, f"fact {key}", f"to be checked with {organisation}: its telephone number")


def _municipalities() -> Iterator[Finding]:
    facts = {(fact.municipality, fact.key): fact for fact in Fact.objects.exclude(municipality="")}
    for slug, title in municipality_choices():
        for subject, endings in SUBJECTS.items():
            found = [fact for ending in endings if (fact := facts.get((slug, f"{slug}-{ending}")))]
            if any(fact.confidence == Confidence.HIGH for fact in found):
                continue
            known = f"{', '.join(fact.key for fact in found)} is not certain" if found else "nothing is known"
            yield Finding(False, title, f"to be confirmed by the municipality: {subject} ({known})")
