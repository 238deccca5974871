"""A case frozen for a session: its face for phones, and its key for the moment of the reveal. Pure.

Both phases are frozen, since a host may ask the same act for the other one ("dan sesudah
penetapan?"). Only `Face` reaches a phone before the reveal.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from app.catalog.cases import Ruling, Scenario
from app.catalog.labels import PHASES, SHORT_VIOLATIONS, VERDICTS
from app.catalog.terms import Phase, Verdict, Violation

SCHEMA = 1
#: Every answer as it travels, with its words: always these, always in this order.
CHOICES = tuple((verdict.value, words) for verdict, words in VERDICTS.items())


@dataclass(frozen=True, slots=True)
class Key:
    """What holds in one phase."""

    verdict: str
    #: In a few words; None where nothing is violated.
    violation: str | None
    cites: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Face:
    """What may be seen before the reveal."""

    phase: str
    situation_html: str
    question: str


@dataclass(frozen=True, slots=True)
class Paper:
    scenario: str
    topic: str
    question: str
    act: str | None
    situation_html: str
    reason_html: str
    safe_act_html: str
    keys: dict[str, Key]

    def face(self, phase: Phase) -> Face:
        return Face(PHASES[phase], self.situation_html, self.question)

    def key(self, phase: Phase) -> Key:
        """What holds in `phase`. KeyError for one in which the case is not judged."""
        return self.keys[phase]

    def other_phase(self, phase: Phase) -> Phase | None:
        """The phase beside this one, where the case is judged in both."""
        other = Phase.BEFORE if phase is Phase.AFTER else Phase.AFTER
        return other if phase in self.keys and other in self.keys else None

    def asked_in(self, today: Phase | None) -> Phase:
        """Today's phase where the case is judged in it; else one in which it is."""
        phases = [Phase(name) for name in self.keys]
        if today in phases:
            return today
        return Phase.ALWAYS if Phase.ALWAYS in phases else phases[0]

    def freeze(self) -> dict[str, Any]:
        """Plain JSON for the database."""
        return {"schema": SCHEMA, **asdict(self)}


def paper_of(scenario: Scenario) -> Paper:
    """A case as it stands in the bank now."""
    return Paper(
        scenario=scenario.id,
        topic=scenario.topic.value,
        question=scenario.question,
        act=scenario.act,
        situation_html=scenario.situation_html,
        reason_html=scenario.reason_html,
        safe_act_html=scenario.safe_act_html,
        keys={ruling.phase.value: _key(ruling) for ruling in scenario.rulings},
    )


def thaw(stored: dict[str, Any]) -> Paper:
    """A paper as it was frozen. Raises ValueError for a schema newer than this program."""
    if stored["schema"] > SCHEMA:
        raise ValueError(f"paper of schema {stored['schema']}; this program reads up to {SCHEMA}")
    keys = {
        phase: Key(key["verdict"], key["violation"], tuple(tuple(pair) for pair in key["cites"]))
        for phase, key in stored["keys"].items()
    }
    given = {name: value for name, value in stored.items() if name not in ("schema", "keys")}
    return Paper(**given, keys=keys)


def mark_of(*parts: object) -> str:
    """Ten hexadecimal digits that change when what is shown does: an address may be kept a year."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def is_choice(value: object) -> bool:
    return value in Verdict.__members__.values()


def questions_for(scenarios: Iterable[Scenario]) -> list[Paper]:
    """Cases that a room can be asked about: published, and with a deed to say the verdict with."""
    return [paper_of(one) for one in scenarios if one.is_published and one.act]


def _key(ruling: Ruling) -> Key:
    violation = ruling.violation
    said = None if violation is Violation.NONE else SHORT_VIOLATIONS[violation]
    cites = tuple((cite.label, cite.url) for cite in ruling.cites)
    return Key(ruling.verdict.value, said, cites)
