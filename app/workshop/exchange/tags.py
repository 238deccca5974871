"""What a case says of itself in Moodle's tags: `topik:media-sosial`, `rujukan:skb-2022#E4`.

Tags are what teachers see, filter by and edit, so they carry what a teacher may want to change.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.catalog.model import Citation, Scenario
from app.catalog.model import Ruling as Judged
from app.catalog.terms import Footing, PersonStatus, Phase, Pressure, Topic, Violation
from app.workshop.exchange.questions import BadQuestion

#: Moodle cuts a tag after so many characters.
LONGEST = 50

_REF = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*#[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


class Key(StrEnum):
    TOPIC = "topik"
    PHASE = "tahap"
    DIFFICULTY = "kesulitan"
    PRESSURE = "tekanan"
    VIOLATION = "pelanggaran"
    FOOTING = "pijakan"
    PERSON = "bagi"
    CITE = "rujukan"
    HISTORICAL = "riwayat"


_TERMS: dict[Key, type[StrEnum]] = {
    Key.TOPIC: Topic,
    Key.PHASE: Phase,
    Key.PRESSURE: Pressure,
    Key.VIOLATION: Violation,
    Key.FOOTING: Footing,
    Key.PERSON: PersonStatus,
}


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation as written."""

    ref: str
    is_historical: bool = False


@dataclass(slots=True)
class Told:
    """What the tags of one question say; None and empty where they are silent."""

    topic: Topic | None = None
    phase: Phase | None = None
    difficulty: int | None = None
    pressure: Pressure | None = None
    violation: Violation | None = None
    footing: Footing | None = None
    persons: list[PersonStatus] = field(default_factory=list)
    cites: list[Cite] = field(default_factory=list)


_FIELDS = {
    Key.TOPIC: "topic",
    Key.PHASE: "phase",
    Key.DIFFICULTY: "difficulty",
    Key.PRESSURE: "pressure",
    Key.VIOLATION: "violation",
    Key.FOOTING: "footing",
}


def write(scenario: Scenario, ruling: Judged) -> tuple[str, ...]:
    return tuple(f"{key}:{value}" for key, value in _written(scenario, ruling))


def _written(scenario: Scenario, ruling: Judged) -> Iterator[tuple[Key, object]]:
    yield Key.TOPIC, scenario.topic
    yield Key.PHASE, ruling.phase
    yield Key.DIFFICULTY, scenario.difficulty
    yield Key.PRESSURE, scenario.pressure
    yield Key.VIOLATION, ruling.violation
    yield Key.FOOTING, scenario.confidence
    for person in scenario.applies_to:
        yield Key.PERSON, person
    for cite in ruling.cites:
        yield _cite_key(cite), cite.ref


def _cite_key(cite: Citation) -> Key:
    return Key.HISTORICAL if cite.is_historical else Key.CITE


def read(tags: Iterable[str]) -> Told:
    """What `tags` say; other people's tags say nothing. Raises BadQuestion."""
    told = Told()
    for tag in tags:
        name, colon, value = (part.strip() for part in tag.partition(":"))
        if colon and name in list(Key):
            _tell(told, Key(name), value)
    return told


def is_ours(tag: str) -> bool:
    """Whether a tag says something to us, and not only to the teachers who gave it."""
    name, colon, _ = tag.partition(":")
    return bool(colon) and name.strip() in list(Key)


def _tell(told: Told, key: Key, value: str) -> None:
    if key in (Key.CITE, Key.HISTORICAL):
        if not _REF.fullmatch(value):
            raise BadQuestion(f"tag “{key}:{value}” bukan rujukan seperti pp-94-2021#5-n-6.")
        told.cites.append(Cite(value, key is Key.HISTORICAL))
        return
    term = _term(key, value)
    if isinstance(term, PersonStatus):
        told.persons.append(term)
    elif getattr(told, _FIELDS[key]) not in (None, term):
        raise BadQuestion(f"tag “{key}:” ada dua dan berbeda.")
    else:
        setattr(told, _FIELDS[key], term)


def _term(key: Key, value: str) -> int | StrEnum:
    if key is Key.DIFFICULTY:
        if value not in ("1", "2", "3"):
            raise BadQuestion(f"tag “{key}:{value}” harus 1, 2, atau 3.")
        return int(value)
    terms = _TERMS[key]
    # Moodle may show a footing in small letters: tags are the same whatever their case.
    for term in terms:
        if term.casefold() == value.casefold():
            return term
    raise BadQuestion(f"tag “{key}:{value}” tidak dikenal; pilihannya: {', '.join(terms)}.")
