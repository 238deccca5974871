"""Finding one's way among instruments: filters, successors, cases that rest on them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.catalog.cases import Scenario
from app.catalog.law import Regulation
from app.catalog.model import Catalog
from app.catalog.terms import Confidence, Kind, Standing


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of instruments is narrowed to; None and an empty text narrow nothing."""

    kind: Kind | None = None
    standing: Standing | None = None
    text: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Wanted":
        """From an address; what it names wrongly narrows nothing."""
        kind, standing = asked.get("jenis"), asked.get("status")
        return cls(
            Kind(kind) if kind in list(Kind) else None,
            Standing(standing) if standing in list(Standing) else None,
            " ".join(asked.get("cari", "")[:100].split()),
        )

    @property
    def is_anything(self) -> bool:
        return bool(self.kind or self.standing or self.text)


def wanted(regulations: Iterable[Regulation], asked: Wanted) -> list[Regulation]:
    return [
        one
        for one in regulations
        if asked.kind in (None, one.kind)
        and (asked.standing is None or asked.standing in standings(one))
        and all(word in _written(one) for word in asked.text.casefold().split())
    ]


def standings(regulation: Regulation) -> frozenset[Standing]:
    """How an instrument stands: repealed or in force, and whether it is disputed or unverified."""
    found = {Standing.REPEALED if regulation.is_repealed else Standing.IN_FORCE}
    if regulation.disputed:
        found.add(Standing.DISPUTED)
    if regulation.confidence is Confidence.C:
        found = found - {Standing.IN_FORCE} | {Standing.UNVERIFIED}
    return frozenset(found)


def predecessors(catalog: Catalog, regulation: Regulation) -> list[Regulation]:
    """The instruments that this one repealed."""
    return [one for one in catalog.regulations.values() if one.repealed_by == regulation.id]


def cases_by_provision(catalog: Catalog, regulation: Regulation) -> dict[str, list[Scenario]]:
    """By anchor, the cases whose verdicts rest on a provision of this instrument."""
    found: dict[str, dict[str, Scenario]] = {anchor: {} for anchor in regulation.provisions}
    for scenario in catalog.on_show:
        for ruling in (*scenario.rulings, *scenario.others):
            for cite in ruling.cites:
                if cite.regulation_id == regulation.id:
                    found[cite.anchor][scenario.id] = scenario
    return {anchor: list(cases.values()) for anchor, cases in found.items()}


def _written(regulation: Regulation) -> str:
    """Everything of an instrument in which a word is looked for."""
    provisions = (f"{one.label} {one.text}" for one in regulation.provisions.values())
    return " ".join((regulation.short, regulation.title, *provisions)).casefold()
