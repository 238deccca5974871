"""Rosters taken in from files, all or nothing. Reading and deciding is `roster` and `planning`;
here what is on record is looked up, and a plan without errors is carried out in bulk.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from app.agencies import queries
from app.agencies.finding import folds
from app.agencies.models import Agency, Identifier, Person, Placement, Unit
from app.agencies.operations import NumberTaken, next_participant_numbers
from app.agencies.placing import PLACED
from app.agencies.scope import Scope
from app.audit import parts
from app.audit.actions import Action
from app.audit.parts import Part
from app.core import clock
from app.core.db import at_most_one, db, hold, in_bulk, portions
from app.rosters.faults import RowFault
from app.rosters.matching import NOTHING, Matching
from app.rosters.planning import DETAILS, Change, KnownPerson, Plan, Records, plan_import
from app.rosters.roster import Entry, Roster
from app.rosters.unit_finder import KnownUnit

#: Values of one row, by column.
Values = dict[str, object]


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do. With an error in it, nothing was saved."""

    file: str
    sha256: str
    rows: int
    added: int
    changed: int
    moved: int
    unchanged: int
    unnamed: int
    is_saved: bool
    sheet: str = ""
    unread_sheets: tuple[str, ...] = ()
    errors: list[RowFault] = field(default_factory=list)
    warnings: list[RowFault] = field(default_factory=list)

    @property
    def bad_rows(self) -> int:
        return len({fault.place for fault in self.errors})


def import_roster(
    agency: Agency,
    roster: Roster,
    by: Person | None,
    *,
    scope: Scope | None = None,
    matching: Matching = NOTHING,
    is_dry_run: bool = False,
) -> ImportReport:
    """Take a roster in, or say everything that is wrong with it.

    `scope` limits which units and people the importer may touch; None is the whole agency. The
    roster has been read before, outside of any transaction: reading a large one takes a second.
    """
    if not is_dry_run:
        hold(agency)
    plan, faults = planned(agency, roster, scope, matching)
    is_saved = not is_dry_run and not any(fault.is_error for fault in faults)
    report = report_of(roster, plan, faults, is_saved=is_saved)
    if is_saved and (plan.additions or plan.changes):
        record_import(agency, report, carry_out(agency, plan), by)
    return report


def planned(
    agency: Agency, roster: Roster, scope: Scope | None, matching: Matching
) -> tuple[Plan, list[RowFault]]:
    """What a roster would do, and everything that is wrong with it, row by row."""
    plan = plan_import(roster.entries, records_of(agency, roster.entries, scope), matching)
    return plan, sorted([*roster.faults, *plan.faults], key=lambda fault: fault.place)


def records_of(agency: Agency, entries: Iterable[Entry], scope: Scope | None) -> Records:
    """What is on record in an agency, as far as the scope goes."""
    reach = scope.condition() if scope is not None else sa.true()
    units = db.session.execute(
        sa.select(Unit.id, Unit.code, Unit.name, Unit.path).where(
            Unit.agency_id == agency.id, Unit.closed_on.is_(None), reach
        )
    )
    columns = (Person.id, Person.number, Person.unit_id, *(getattr(Person, n) for n in DETAILS))
    people = db.session.execute(
        sa.select(*columns, Person.is_active)
        .join(Person.unit)
        .where(Person.agency_id == agency.id, reach)
    )
    known = [KnownPerson(**row) for row in people.mappings()]
    former, foreign = _holders([e.number for e in entries if e.number], {p.id for p in known})
    called = queries.aliases_of(agency)
    here = [KnownUnit(id, code, name, path, called.get(id, ())) for id, code, name, path in units]
    return Records(here, known, former, foreign)


def _holders(numbers: Sequence[str], known: set[int]) -> tuple[dict[str, int], frozenset[str]]:
    """Which of these numbers people on record carry or carried, and which are others'."""
    former: dict[str, int] = {}
    foreign: set[str] = set()
    for some in portions(numbers):
        query = sa.select(Identifier.number, Identifier.person_id)
        for number, person_id in db.session.execute(query.where(Identifier.number.in_(some))):
            if person_id in known:
                former[number] = person_id
            else:
                foreign.add(number)
    return former, frozenset(foreign)


def carry_out(agency: Agency, plan: Plan) -> list[Part]:
    """Do what a plan says, in bulk, and give what was done to whom. The agency is held."""
    today = clock.today(agency.zone)
    with at_most_one(NumberTaken()):
        added = _add_people(agency, plan.additions, today)
        changed = _change_people(plan.changes, today)
    db.session.expire_all()
    return [*added, *changed]


def _add_people(agency: Agency, additions: list[tuple[Entry, int]], today: date) -> list[Part]:
    if not additions:
        return []
    missing = sum(entry.number is None for entry, _ in additions)
    given = iter(next_participant_numbers(today.year, missing) if missing else ())
    now = clock.now()
    rows: list[Values] = [
        {
            "agency_id": agency.id,
            "unit_id": unit_id,
            "number": entry.number or next(given),
            "is_active": True,
            "created_at": now,
            **_details(entry),
        }
        for entry, unit_id in additions
    ]
    insert = sa.insert(Person).returning(Person.id, sort_by_parameter_order=True)
    for row, person_id in zip(rows, db.session.scalars(insert, rows), strict=True):
        row["person_id"] = person_id
    db.session.execute(
        sa.insert(Identifier),
        [{"person_id": r["person_id"], "number": r["number"], "since": today} for r in rows],
    )
    db.session.execute(sa.insert(Placement), [_placement(row, today) for row in rows])
    return [
        Part(
            Action.PERSON_ADDED,
            f"people:{row['person_id']}",
            {"unit_id": row["unit_id"], "status": row["status"]},
        )
        for row in rows
    ]


def _change_people(changes: list[Change], today: date) -> list[Part]:
    if not changes:
        return []
    rows = [_changed_row(change) for change in changes]
    db.session.execute(
        sa.update(Person), [{k: v for k, v in row.items() if k != "person_id"} for row in rows]
    )
    by_person = {change.person.id: row for change, row in zip(changes, rows, strict=True)}
    _change_placements(changes, by_person, today)
    return [part for change in changes for part in _parts_of(change)]


def _parts_of(change: Change) -> Iterator[Part]:
    subject = f"people:{change.person.id}"
    if change.details:
        changed = {n: [getattr(change.person, n), v] for n, v in change.details.items()}
        yield Part(Action.PERSON_CHANGED, subject, {"changed": changed})
    if change.is_move:
        moved = {"from_unit": change.person.unit_id, "to_unit": change.unit_id}
        yield Part(Action.PERSON_MOVED, subject, moved)


def _change_placements(changes: list[Change], rows: dict[int, Values], today: date) -> None:
    """Begin a new line of history for a move or a new rank; amend a line that began today."""
    placed = [c for c in changes if c.is_move or any(name in PLACED for name in c.details)]
    present = _present_placements([change.person.id for change in placed])
    amended: list[Values] = []
    begun: list[Values] = []
    for change in placed:
        row = rows[change.person.id]
        placement_id, since = present.get(change.person.id, (None, None))
        if since == today and not change.is_move:
            amended.append({"id": placement_id, **{name: row[name] for name in PLACED}})
        else:
            begun.append(_placement(row, today))
    if amended:
        db.session.execute(sa.update(Placement), amended)
    for some in portions([row["person_id"] for row in begun]):
        open_lines = (Placement.person_id.in_(some), Placement.until.is_(None))
        in_bulk(sa.update(Placement).where(*open_lines).values(until=today))
    if begun:
        db.session.execute(sa.insert(Placement), begun)


def _present_placements(person_ids: list[int]) -> dict[int, tuple[int, date]]:
    found: dict[int, tuple[int, date]] = {}
    for some in portions(person_ids):
        query = sa.select(Placement.person_id, Placement.id, Placement.since).where(
            Placement.person_id.in_(some), Placement.until.is_(None)
        )
        found |= {person: (row_id, since) for person, row_id, since in db.session.execute(query)}
    return found


def _details(entry: Entry) -> Values:
    return {name: getattr(entry, name) for name in DETAILS}


def _changed_row(change: Change) -> Values:
    details = {name: getattr(change.person, name) for name in DETAILS} | change.details
    known = change.person.id
    return {"id": known, "person_id": known, "unit_id": change.unit_id} | details | folds(details)


def _placement(row: Values, today: date) -> Values:
    placed = {name: row[name] for name in PLACED}
    return {"person_id": row["person_id"], "unit_id": row["unit_id"], "since": today, **placed}


def report_of(
    roster: Roster, plan: Plan, faults: list[RowFault], *, is_saved: bool
) -> ImportReport:
    return ImportReport(
        file=roster.file,
        sha256=roster.sha256,
        rows=roster.rows,
        added=len(plan.additions),
        changed=len(plan.changes),
        moved=plan.moves,
        unchanged=plan.unchanged,
        unnamed=plan.unnamed,
        is_saved=is_saved,
        sheet=roster.sheet,
        unread_sheets=roster.unread_sheets,
        errors=[fault for fault in faults if fault.is_error],
        warnings=[fault for fault in faults if not fault.is_error],
    )


def record_import(
    agency: Agency, report: ImportReport, done: list[Part], by: Person | None, **more: object
) -> str:
    """One entry for all of it; gives the batch of its rows."""
    return parts.record(
        Action.ROSTER_IMPORTED,
        agency,
        done,
        by,
        file=report.file,
        sha256=report.sha256,
        rows=report.rows,
        added=report.added,
        changed=report.changed,
        moved=report.moved,
        unchanged=report.unchanged,
        warnings=len(report.warnings),
        **more,
    )
