"""Deeds on the roster, one person at a time: add, correct, renumber, leave, return.

Whoever calls has checked that `by` may do this; `by` is None for the operator.
"""

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa

from app.agencies import nip, placing, timeline
from app.agencies.models import (
    Agency,
    AgencyKind,
    Identifier,
    ParticipantSeries,
    Person,
    PlannedMove,
    Unit,
)
from app.agencies.nip import Level
from app.agencies.placing import PLACED
from app.agencies.unit_kinds import UnitKind
from app.audit import trail
from app.audit.actions import Action
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.db import at_most_one, db, hold, update_if
from app.core.errors import DomainError


class AgencyExists(DomainError):
    message = "Instansi dengan kode itu sudah ada. Tidak ada yang berubah."


class NumberTaken(DomainError):
    message = (
        "Nomor ini sudah terdaftar. Cari orangnya di daftar pegawai; bila tidak tampak, ia "
        "tercatat di unit atau instansi lain. Tidak ada yang berubah."
    )


class NumberWrong(DomainError):
    """An 18-digit number with an error in it; the sentence says which."""


class NumberMissing(DomainError):
    message = "Pegawai ASN memerlukan NIP / NI PPPK (18 angka)."


class NotActive(DomainError):
    message = "Orang ini sudah nonaktif. Aktifkan kembali dahulu, baru ubah datanya."


class AlreadyActive(DomainError):
    message = "Orang ini sudah aktif. Tidak ada yang berubah."


@dataclass(frozen=True)
class Details:
    """What is said about a person besides number and unit."""

    name: str
    status: PersonStatus
    front_title: str = ""
    back_title: str = ""
    rank: str = ""
    position: str = ""


def create_agency(
    *, code: str, kind: AgencyKind, name: str, by: Person | None, **facts: str
) -> Agency:
    """A regional government with the root of its tree (code `00`)."""
    agency = Agency(code=code, kind=kind, name=name, **facts)
    with at_most_one(AgencyExists()):
        db.session.add(agency)
    root = Unit(agency=agency, path="/", code="00", name=name, kind=UnitKind.ROOT)
    db.session.add(root)
    db.session.flush()
    root.path = f"/{root.id}/"
    timeline.write_lines(agency, [root], clock.today(agency.zone))
    trail.record(Action.AGENCY_CREATED, agency, actor=by, code=code, name=name)
    return agency


def add_person(unit: Unit, number: str | None, details: Details, by: Person | None) -> Person:
    """Put somebody on the roster. Without a number (not for ASN) Rambu gives a participant number.

    Raises NumberMissing, NumberWrong, NumberTaken, UnitClosed. Warnings are the caller's to show.
    """
    today = clock.today(unit.agency.zone)
    if number is None:
        if details.status.is_asn:
            raise NumberMissing
        number = next_participant_numbers(today.year, 1)[0]
    else:
        check_number(number, details.status, today)
    placing.keep_open(unit)
    person = Person(agency_id=unit.agency_id, unit=unit, number=number, **asdict(details))
    with at_most_one(NumberTaken()):
        db.session.add(person)
        db.session.flush()
        db.session.add(Identifier(person_id=person.id, number=number, since=today))
    placing.begin(person, today)
    trail.record(Action.PERSON_ADDED, person, actor=by, unit_id=unit.id, status=person.status.value)
    return person


def correct_person(
    person: Person, details: Details, by: Person | None, *, since: date | None = None
) -> bool:
    """Take over new details; status, rank and position from `since` on (today, without one).

    False when there is nothing new. Raises NotActive, TooEarly, TooLate.
    """
    hold(person)
    changed = {
        name: [getattr(person, name), value]
        for name, value in asdict(details).items()
        if getattr(person, name) != value
    }
    if not changed:
        return False
    if not person.is_active:
        raise NotActive
    is_placed = any(name in PLACED for name in changed)
    day = placing.day_for(person, since) if is_placed else None
    for name, (_, value) in changed.items():
        setattr(person, name, value)
    if day is not None:
        placing.change(person, day)
    told = {"since": day.isoformat()} if since is not None and day is not None else {}
    trail.record(Action.PERSON_CHANGED, person, actor=by, changed=changed, **told)
    return True


def change_number(
    person: Person, number: str, by: Person | None, *, status: PersonStatus | None = None
) -> None:
    """Give somebody another NIP or NI PPPK (a new contract, a first appointment). The old is kept.

    Raises NumberWrong, NumberTaken.
    """
    hold(person)
    if not person.is_active:
        raise NotActive
    status = status or person.status
    today = clock.today(person.agency.zone)
    check_number(number, status, today)
    before = person.number
    if number == before:
        raise NumberTaken("Nomor ini sudah nomor orang ini. Tidak ada yang berubah.")
    _carry(person, number, today)
    if status is not person.status:
        person.status = status
        placing.change(person, today)
    trail.record(
        Action.PERSON_RENUMBERED, person, actor=by, old=nip.masked(before), new=nip.masked(number)
    )


def deactivate(person: Person, reason: str, by: Person | None) -> None:
    """Take somebody off the active roster (retired, moved away, died). Nothing is deleted."""
    hold(person)
    if not person.is_active:
        raise NotActive("Orang ini sudah nonaktif. Tidak ada yang berubah.")
    person.is_active = False
    db.session.execute(sa.delete(PlannedMove).where(PlannedMove.person_id == person.id))
    placing.end(person, clock.today(person.agency.zone))
    trail.record(Action.PERSON_LEFT, person, actor=by, reason=reason, unit_id=person.unit_id)


def reactivate(person: Person, by: Person | None) -> None:
    """Put somebody back on the active roster, in the unit that they left, or that took it over."""
    placing.keep_open(person.unit)
    hold(person)
    if person.is_active:
        raise AlreadyActive
    person.is_active = True
    placing.begin(person, clock.today(person.agency.zone))
    trail.record(Action.PERSON_RETURNED, person, actor=by, unit_id=person.unit_id)


def restrict(person: Person, by: Person | None) -> None:
    """Show this person's name to no stranger, and forget nothing of hers, until she ends it."""
    if update_if(person, Person.restricted_at.is_(None), restricted_at=clock.now()):
        trail.record(Action.PERSON_RESTRICTED, person, actor=by)


def end_restriction(person: Person, by: Person | None) -> bool:
    """Undo `restrict`. False when there was nothing to end."""
    if not update_if(person, Person.restricted_at.is_not(None), restricted_at=None):
        return False
    trail.record(Action.RESTRICTION_ENDED, person, actor=by)
    return True


def check_number(number: str, status: PersonStatus, today: date) -> None:
    """Raise NumberWrong for an error in 18 digits, or for a made-up participant number."""
    if nip.is_participant(number):
        raise NumberWrong("Nomor peserta diberi oleh Rambu. Kosongkan kolom nomornya.")
    for fault in nip.faults(number, status, today):
        if fault.level is Level.ERROR:
            raise NumberWrong(fault.sentence)


def next_participant_numbers(year: int, count: int) -> list[str]:
    """Take the next numbers of a year; nobody else gets them."""
    series = _series(year)
    first = series.last + 1
    series.last += count
    db.session.flush()
    return [nip.participant_number(year, first + place) for place in range(count)]


def _series(year: int) -> ParticipantSeries:
    """The year's row, held; made when it is the first of its year."""
    query = sa.select(ParticipantSeries).where(ParticipantSeries.year == year).with_for_update()
    series = db.session.scalar(query.execution_options(populate_existing=True))
    if series is not None:
        return series
    with suppress(AlreadyBegun), at_most_one(AlreadyBegun()):
        db.session.add(ParticipantSeries(year=year, last=0))
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


class AlreadyBegun(DomainError):
    """Somebody else made the year's row first: then theirs is the one to use."""


def _carry(person: Person, number: str, today: date) -> None:
    """End the present number and begin another; one that was carried before is taken up again."""
    numbers = db.session.scalars(sa.select(Identifier).where(Identifier.person_id == person.id))
    known = {identifier.number: identifier for identifier in numbers}
    known[person.number].until = today
    with at_most_one(NumberTaken()):
        if number in known:
            known[number].until = None
        else:
            db.session.add(Identifier(person_id=person.id, number=number, since=today))
        person.number = number
