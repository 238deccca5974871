"""Do the phrasings of an allowed case ask about what it allows? Pure.

Somebody who types “terima uang dari caleg” must not be shown “mengembalikan: boleh”. So each
phrasing of a case that may be done says, by the search's own reading, at least one thing that the
case says and its forbidden twin does not, or nothing of the twin.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from app.asking.search.choosing import allows_what_is_forbidden
from app.asking.search.words import Reader
from app.catalog.cases import Scenario
from app.catalog.model import Catalog


@dataclass(frozen=True, slots=True)
class Stray:
    """A phrasing that says nothing but what is forbidden next door."""

    scenario: Scenario
    phrasing: str
    twin: Scenario


def strays(catalog: Catalog) -> Iterator[Stray]:
    reader = Reader(catalog.lexicon)
    for scenario in catalog.scenarios.values():
        twin = catalog.scenarios.get(scenario.twin or "")
        if twin is None or not allows_what_is_forbidden(scenario, twin):
            continue
        ours = _said(reader, scenario, *scenario.facets.values()) | _often(reader, scenario)
        theirs, act = _said(reader, twin), set(reader.read(twin.act or "").meanings)
        for phrasing in scenario.asked_like:
            if _strays(set(reader.read(phrasing).meanings), ours, theirs, act):
                yield Stray(scenario, phrasing, twin)


def _strays(meant: set[str], ours: set[str], theirs: set[str], act: set[str]) -> bool:
    """Whether a phrasing says nothing that is ours alone, and the twin's act or nothing that the
    twin does not say. One that says neither asks in words of its own."""
    says_ours = bool(meant & (ours - theirs))
    says_theirs = bool(meant & (act - ours)) or meant <= theirs
    return says_theirs and not says_ours


def _said(reader: Reader, scenario: Scenario, *more: str) -> set[str]:
    """What the question, the act and anything more of a case mean."""
    texts = (scenario.question, scenario.act or "", *more)
    return {meaning for text in texts for meaning in reader.read(text).meanings}


def _often(reader: Reader, scenario: Scenario) -> set[str]:
    """What two phrasings of a case mean is its own, though no question of ours says it so."""
    meant = Counter(
        meaning for text in scenario.asked_like for meaning in set(reader.read(text).meanings)
    )
    return {meaning for meaning, times in meant.items() if times > 1}
