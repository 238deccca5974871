"""Legal instruments, their provisions, and citations of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.catalog.terms import Confidence, Kind
from app.core.errors import NotFound

#: Where an instrument is read, and its provisions by their anchors. Papers and documents carry this
#: address for ever, so it belongs to the law and not to the room that serves it.
ADDRESS = "/aturan/"


@dataclass(frozen=True, slots=True)
class Provision:
    """One article, clause or row that content cites, in our own words."""

    anchor: str
    label: str
    text: str
    confidence: Confidence
    sanction: str | None


@dataclass(frozen=True, slots=True)
class Regulation:
    """One legal instrument and the provisions of it that we cite."""

    id: str
    title: str
    short: str
    kind: Kind
    number: str | None
    year: int | None
    signed_on: date | None
    in_force_from: date | None
    repealed_on: date | None
    repealed_by: str | None
    status_note: str | None
    #: On what authorities or sources do not agree.
    disputed: str | None
    confidence: Confidence
    checked_on: date
    source: str | None
    provisions: Mapping[str, Provision]
    body_html: str
    #: When somebody read its text from the first word to the last; only then may anybody teach
    #: that it says *only* something.
    read_whole_on: date | None = None

    @property
    def is_repealed(self) -> bool:
        return self.repealed_on is not None or self.repealed_by is not None

    def provision(self, anchor: str) -> Provision:
        try:
            return self.provisions[anchor]
        except KeyError:
            raise NotFound from None


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer to a provision, resolved, so that whoever shows it needs no further look-up."""

    regulation_id: str
    anchor: str
    label: str
    text: str
    confidence: Confidence
    is_historical: bool = False

    @property
    def ref(self) -> str:
        return f"{self.regulation_id}#{self.anchor}"

    @property
    def url(self) -> str:
        return f"{ADDRESS}{self.regulation_id}#{self.anchor}"

    def __str__(self) -> str:
        return self.ref


def cite(regulation: Regulation, anchor: str, *, is_historical: bool = False) -> Citation:
    """A citation of one provision of `regulation`. NotFound when it has no such anchor."""
    provision = regulation.provision(anchor)
    return Citation(
        regulation_id=regulation.id,
        anchor=anchor,
        label=f"{regulation.short} {provision.label}",
        text=provision.text,
        confidence=max(regulation.confidence, provision.confidence),
        is_historical=is_historical,
    )
