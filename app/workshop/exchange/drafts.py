"""A draft: one scenario as it will stand in a file, `status: draf` and without a reviewer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.catalog.terms import (
    Facet,
    Footing,
    PersonStatus,
    Phase,
    Pressure,
    Status,
    Topic,
    Verdict,
    Violation,
)
from app.reading.scalars import scalar
from app.workshop.exchange.questions import Place
from app.workshop.exchange.tags import Cite


@dataclass(frozen=True, slots=True)
class Row:
    """One ruling of a draft; `persons` and `note` only where it is for other people."""

    phase: Phase
    verdict: Verdict
    violation: Violation
    cites: tuple[Cite, ...] = ()
    persons: tuple[PersonStatus, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    id: str
    topic: Topic
    question: str
    applies_to: tuple[PersonStatus, ...]
    rows: tuple[Row, ...]
    confidence: Footing
    pressure: Pressure
    difficulty: int
    asked_like: tuple[str, ...]
    author: str
    #: Markdown.
    situation: str
    reason: str
    safe_act: str
    #: The body of `## Dilema`; empty for none.
    dilemma: str = ""
    act: str | None = None
    twin: str | None = None
    facets: Mapping[Facet, str] = field(default_factory=dict)
    #: Whence it came, for complaints about it.
    places: tuple[Place, ...] = ()

    @property
    def path(self) -> str:
        return f"scenarios/{self.topic}/{self.id}.md"

    @property
    def text(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield "---"
        yield f"id: {scalar(self.id)}"
        yield f"topic: {self.topic}"
        yield f"question: {scalar(self.question)}"
        yield from self._told_apart()
        yield f"applies_to: {_flow(self.applies_to)}"
        yield "verdicts:"
        for row in self.rows:
            yield from _row(row)
        yield f"confidence: {self.confidence}"
        yield f"pressure: {self.pressure}"
        yield f"difficulty: {self.difficulty}"
        yield f"asked_like: {_flow(self.asked_like)}"
        yield f"author: {scalar(self.author)}"
        yield f"status: {Status.DRAFT}"
        yield "---"
        yield from (self.situation, "", "## Alasan", self.reason, "")
        yield from ("## Sebaiknya", self.safe_act, "")
        if self.dilemma:
            yield from ("## Dilema", self.dilemma, "")

    def _told_apart(self) -> Iterator[str]:
        """What is said beside the verdict, and what tells the case from its twin."""
        if self.act:
            yield f"act: {scalar(self.act)}"
        if self.twin:
            yield f"twin: {self.twin}"
        if self.facets:
            yield "facets:"
            yield from (f"  {facet}: {scalar(text)}" for facet, text in self.facets.items())


def _row(row: Row) -> Iterator[str]:
    yield f"  - phase: {row.phase}"
    if row.persons:
        yield f"    for: {_flow(row.persons)}"
    yield f"    verdict: {row.verdict}"
    yield f"    violation: {row.violation}"
    yield f"    cites: [{', '.join(map(_cite, row.cites))}]"
    if row.note:
        yield f"    note: {scalar(row.note)}"


def _cite(cite: Cite) -> str:
    return f"{{cite: {cite.ref}, historical: true}}" if cite.is_historical else cite.ref


def _flow(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(scalar, texts))}]"
