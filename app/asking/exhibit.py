"""A case laid out for a reader: today's verdict first, other people, words to share. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat
from types import MappingProxyType

from app.asking.today import Change, Today
from app.catalog import law
from app.catalog.cases import Ruling, Scenario, Twin
from app.catalog.dilemmas import Choice, Dilemma, Step
from app.catalog.labels import (
    FOOTINGS,
    PERSON_STATUSES,
    PHASES,
    TOPICS,
    in_words,
    inside,
    violation_label,
)
from app.catalog.model import Catalog
from app.catalog.terms import ASN, PersonStatus, Phase


@dataclass(frozen=True, slots=True)
class ShownRuling:
    """A verdict in one phase."""

    phase: str
    verdict: str
    violation_label: str | None
    cites: tuple[tuple[str, str], ...]
    is_today: bool
    elections: tuple[str, ...]
    #: The forbidden deed next door, where this one is allowed.
    twin: Twin | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What holds for some people, and why it differs for them."""

    of: frozenset[PersonStatus]
    people: str
    note: str | None
    rulings: tuple[ShownRuling, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    id: str
    question: str
    act: str | None
    topic: str
    topic_label: str
    situation_html: str
    reason_html: str
    safe_act_html: str
    main: Group
    others: tuple[Group, ...]
    #: The verdicts in one line, for a preview and for a message.
    summary: str
    footing_label: str
    reviewed_on: date | None
    has_dilemma: bool
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A step of a dilemma as somebody stands before it: open, or with the choice that was made."""

    step: Step
    number: int
    chosen: Choice | None
    #: Each choice with the trail that leads on from it.
    choices: tuple[tuple[Choice, str], ...]


def exhibit(
    scenario: Scenario, today: Today, catalog: Catalog, reader: PersonStatus | None = None
) -> Exhibit:
    """A case for anybody, or for a reader of some kind: then what holds for them comes first."""
    main, *others = sorted(
        _groups(scenario, today, catalog),
        key=lambda group: reader is not None and reader not in group.of,
    )
    return Exhibit(
        id=scenario.id,
        question=scenario.question,
        act=scenario.act,
        topic=scenario.topic.value,
        topic_label=TOPICS[scenario.topic],
        situation_html=scenario.situation_html,
        reason_html=scenario.reason_html,
        safe_act_html=scenario.safe_act_html,
        main=main,
        others=tuple(others),
        summary=summary(scenario.rulings),
        footing_label=FOOTINGS[scenario.confidence],
        reviewed_on=scenario.reviewed_on,
        has_dilemma=scenario.dilemma is not None,
        is_draft=not scenario.is_published,
    )


def people(statuses: Sequence[PersonStatus]) -> str:
    """`pegawai ASN`, or `perangkat desa dan anggota BPD`."""
    left = set(statuses)
    names = []
    if left >= ASN:
        names, left = ["pegawai ASN"], left - ASN
    names += [inside(label) for status, label in PERSON_STATUSES.items() if status in left]
    return " dan ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def summary(rulings: Sequence[Ruling]) -> str:
    """`Sebelum penetapan calon: tidak boleh (kode etik). Sesudah penetapan calon: …`"""
    if len(rulings) == 1:
        return f"{in_words(rulings[0]).capitalize()}."
    return " ".join(f"{PHASES[ruling.phase]}: {in_words(ruling)}." for ruling in rulings)


def disputed(scenario: Scenario, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Names and addresses of the instruments it rests on about which authorities do not agree."""
    rulings = (*scenario.rulings, *scenario.others)
    for id in dict.fromkeys(cite.regulation_id for ruling in rulings for cite in ruling.cites):
        regulation = catalog.regulations.get(id)
        if regulation and regulation.disputed:
            yield regulation.short, f"{law.ADDRESS}{id}"


def walk(dilemma: Dilemma, trail: str) -> tuple[Taken, ...]:
    """The steps up to the first that is open; `trail` is `2.1`: the choices so far, from 1.

    A trail is cut short at its first mistake, since anybody may type one.
    """
    steps: list[Taken] = []
    done: list[str] = []
    for number, (step, mark) in enumerate(zip(dilemma.steps, _marks(trail), strict=False), start=1):
        places = {str(place): choice for place, choice in enumerate(step.choices, start=1)}
        ahead = tuple((choice, ".".join([*done, place])) for place, choice in places.items())
        chosen = places.get(mark)
        steps.append(Taken(step, number, chosen, ahead))
        if chosen is None:
            break
        done.append(mark)
    return tuple(steps)


def _marks(trail: str) -> Iterator[str]:
    """The choices of a trail, then nothing for ever."""
    return chain(trail.split("."), repeat(""))


def _groups(scenario: Scenario, today: Today, catalog: Catalog) -> Iterator[Group]:
    """Whom the scenario is about, then one group for each other set of people, as in the file."""
    twins = {one.phase: catalog.forbidden_twin(scenario, one.phase) for one in scenario.rulings}
    yield _group(scenario.applies_to, scenario.rulings, today, twins)
    sets: dict[tuple[PersonStatus, ...], list[Ruling]] = {}
    for ruling in scenario.others:
        sets.setdefault(ruling.persons, []).append(ruling)
    for persons, rulings in sets.items():
        yield _group(persons, rulings, today)


def _group(
    persons: Sequence[PersonStatus],
    rulings: Sequence[Ruling],
    today: Today,
    twins: Mapping[Phase, Twin | None] = MappingProxyType({}),
) -> Group:
    shown = tuple(
        ShownRuling(
            phase=column.ruling.phase.value,
            verdict=column.ruling.verdict.value,
            violation_label=violation_label(column.ruling.violation),
            cites=tuple((cite.label, cite.url) for cite in column.ruling.cites),
            is_today=column.is_today,
            elections=column.elections,
            twin=twins.get(column.ruling.phase),
        )
        for column in today.columns(rulings)
    )
    notes = dict.fromkeys(ruling.note for ruling in rulings if ruling.note)
    return Group(
        of=frozenset(persons),
        people=people(persons),
        note=" ".join(notes) or None,
        rulings=shown,
        changes=tuple(today.changes(rulings)),
    )
