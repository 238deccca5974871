"""A file of people that was brought to the browser: looked at, decided about, carried out.

Whoever calls has checked that the one who brought it may do this; jobs call `preview` and `apply`.
Reading a large file takes seconds, so it happens outside of any transaction that writes.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from datetime import date, timedelta

import sqlalchemy as sa

from app.agencies.models import Agency, Person, Placement
from app.audit.actions import Action
from app.audit.parts import Part
from app.core import clock
from app.core.db import Json, db, hold, in_bulk, portions, start_writing, upsert
from app.core.errors import DomainError, NotFound
from app.rosters import decisions, intake
from app.rosters.faults import RowFault, by_cause
from app.rosters.matching import Reading
from app.rosters.models import RosterHabits, RosterUpload
from app.rosters.planning import Plan
from app.rosters.roster import Roster, read_roster
from app.rosters.tables import Source, read_tables

#: What stays of a file that was applied: how many of each. No cell of it does.
COUNTS = ("rows", "added", "changed", "moved", "unchanged", "unnamed")
#: Groups of faults that a page shows; a file with more is another kind of file.
MOST_GROUPS = 200
#: How long the bytes of a file are kept, applied or not.
KEPT = timedelta(days=1)


class Over(DomainError):
    message = "Berkas ini sudah diimpor atau dibuang. Unggah lagi bila masih diperlukan."
    status = 409


class Unlooked(DomainError):
    message = "Berkas ini belum selesai diperiksa. Tidak ada yang berubah."
    status = 409


class Faulty(DomainError):
    message = (
        "Berkas ini masih memuat baris yang salah, jadi tidak ada yang disimpan. Selesaikan dahulu "
        "yang tertulis di halaman berkasnya."
    )


class Moved(DomainError):
    message = (
        "Daftar pegawai berubah sejak berkas ini diperiksa, jadi tidak ada yang disimpan. Periksa "
        "lagi, lihat angkanya, lalu terapkan."
    )
    status = 409


class NotYourself(DomainError):
    message = "Anda tidak dapat menonaktifkan diri sendiri. Tidak ada yang berubah."


class WrongDay(DomainError):
    message = "Tanggal keluar paling lambat hari ini. Tidak ada yang berubah."


def receive(
    agency: Agency, by: Person, name: str, content: bytes, seal: Callable[[bytes, str], bytes]
) -> RosterUpload:
    """Keep a file, sealed, until it is decided about. Raises UnreadableFile for what is plainly no
    list."""
    source = read_tables(content, name)
    habits = db.session.get(RosterHabits, agency.id)
    upload = RosterUpload(
        agency_id=agency.id,
        by_id=by.id,
        name=name[-120:],
        sha256=source.sha256,
        content=seal(content, source.sha256),
        decided=habits.decided if habits else {},
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def decide(upload: RosterUpload, new: Mapping[str, object]) -> None:
    """Take decisions about a file; it must be looked at anew. Raises Over."""
    _must_be_open(upload)
    upload.decided = decisions.added(upload.decided, new)
    upload.seen = upload.plan = None
    db.session.flush()


def preview(upload: RosterUpload, content: bytes) -> None:
    """Work out what the file would do. Raises Over, UnreadableFile."""
    _must_be_open(upload)
    roster, _ = read(upload, content)
    plan, faults = planned(upload, roster)
    left = _left_by(roster, plan, upload)
    start_writing()
    hold(upload)
    _must_be_open(upload)
    report = intake.report_of(roster, plan, faults, is_saved=False)
    groups = by_cause(faults)
    upload.seen = {
        **{name: getattr(report, name) for name in COUNTS},
        "bad_rows": report.bad_rows,
        "groups": [asdict(group) | {"level": group.level.value} for group in groups[:MOST_GROUPS]],
        "questions": [
            {
                "text": one.text,
                "label": one.position.value,
                "people": len(one.entries),
                "suggestion": one.position.suggestion.value,
                "answer": one.answer.value if one.answer else None,
            }
            for one in roster.questions
        ],
        **_as_read(roster.reading),
    }
    upload.unnamed = {"ids": plan.unnamed_ids, "why": left}
    upload.leaving = _still(upload.leaving, plan.unnamed_ids) or {"ids": [int(id) for id in left]}
    upload.plan = plan.digest
    db.session.flush()


def read(upload: RosterUpload, content: bytes) -> tuple[Roster, Source]:
    """The file as it reads with what was decided."""
    source = read_tables(content, upload.name)
    matching = decisions.matching_from(upload.decided)
    return read_roster(source, clock.today(upload.agency.zone), matching), source


def planned(upload: RosterUpload, roster: Roster) -> tuple[Plan, list[RowFault]]:
    """What the file would do now, and all that is wrong with it."""
    matching = decisions.matching_from(upload.decided)
    return intake.planned(upload.agency, roster, None, matching)


def choose_leaving(
    upload: RosterUpload, ids: Collection[int], reason: str, on: date, by: Person
) -> int:
    """Say who of those not named leaves with this import; gives how many. Raises Over, Unlooked,
    NotYourself, WrongDay."""
    _must_be_open(upload)
    if upload.unnamed is None:
        raise Unlooked
    chosen = sorted(set(ids) & set(upload.unnamed["ids"]))
    if by.id in chosen:
        raise NotYourself
    if on > clock.today(upload.agency.zone):
        raise WrongDay
    upload.leaving = {"ids": chosen, "reason": reason, "on": on.isoformat()}
    db.session.flush()
    return len(chosen)


def apply(
    upload: RosterUpload, content: bytes, by: Person, advance: Callable[[int, int], None]
) -> list[int]:
    """Do all of it, or nothing; gives the ids of who left. Raises Over, Unlooked, Faulty, Moved."""
    _must_be_open(upload)
    roster, _ = read(upload, content)
    advance(1, 2)  # the other step is one transaction, and nobody hears of a half
    start_writing()
    hold(upload.agency)
    hold(upload)
    _must_be_open(upload)
    if upload.plan is None:
        raise Unlooked
    plan, faults = planned(upload, roster)
    if any(fault.is_error for fault in faults):
        raise Faulty
    leavers = _leavers(upload)
    if plan.digest != upload.plan or not set(leavers) <= set(plan.unnamed_ids):
        raise Moved
    report = intake.report_of(roster, plan, faults, is_saved=True)
    done = [*intake.carry_out(upload.agency, plan), *_let_leave(upload, leavers)]
    upload.batch = intake.record_import(upload.agency, report, done, by, left=len(leavers))
    upload.applied_at = clock.now()
    upload.content = upload.unnamed = upload.leaving = None
    upload.seen = {name: getattr(report, name) for name in COUNTS}
    _remember(upload)
    db.session.flush()
    return leavers


def drop(upload: RosterUpload) -> None:
    """Nobody wants it: its bytes and what was read of it go at once. Raises Over."""
    hold(upload)
    _must_be_open(upload)
    upload.dropped_at = clock.now()
    upload.content = upload.seen = upload.unnamed = upload.leaving = None
    db.session.flush()


def forget_old() -> int:
    """What nobody applied within a day goes, bytes and all that was read of it; gives how many."""
    old = (RosterUpload.uploaded_at < clock.now() - KEPT, RosterUpload.content.is_not(None))
    gone = {"content": None, "seen": sa.null(), "unnamed": sa.null(), "leaving": sa.null()}
    forget = sa.update(RosterUpload).where(*old).values(gone | {"dropped_at": clock.now()})
    return in_bulk(forget)


def upload_in(agency_id: int, upload_id: int) -> RosterUpload:
    """A file that was brought to an instansi. Raises NotFound."""
    found = db.session.get(RosterUpload, upload_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound
    return found


def latest_uploads(agency_id: int, count: int = 8) -> list[RosterUpload]:
    query = sa.select(RosterUpload).where(RosterUpload.agency_id == agency_id)
    return list(db.session.scalars(query.order_by(RosterUpload.id.desc()).limit(count)))


def _must_be_open(upload: RosterUpload) -> None:
    if not upload.is_open:
        raise Over


def _as_read(reading: Reading) -> Json:
    columns = [asdict(column) for column in reading.columns]
    sheets = [
        {"name": one.name, "rows": one.rows, "unread": one.unread, "filled": one.filled}
        for one in reading.sheets
    ]
    return {"columns": columns, "sheets": sheets, "missing": list(reading.missing)}


def _left_by(roster: Roster, plan: Plan, upload: RosterUpload) -> dict[str, str]:
    """Who is on record and left according to the file, by id, with the file's own word for it."""
    told = {entry.number: entry.legal_position for entry in roster.left_out if entry.number}
    found: dict[str, str] = {}
    for some in portions(list(told)):
        query = sa.select(Person.id, Person.number).where(
            Person.agency_id == upload.agency_id, Person.number.in_(some)
        )
        found |= {str(id): told[number] for id, number in db.session.execute(query)}
    unnamed = set(plan.unnamed_ids)
    return {id: why for id, why in found.items() if int(id) in unnamed}


def _still(leaving: Json | None, unnamed: Collection[int]) -> Json | None:
    """Who was ticked before, as far as they are still not named."""
    if not leaving:
        return None
    kept = set(unnamed)
    return leaving | {"ids": [id for id in leaving["ids"] if id in kept]}


def _leavers(upload: RosterUpload) -> list[int]:
    """Who was ticked and said to leave: without a reason and a day nobody does."""
    leaving = upload.leaving or {}
    return list(leaving["ids"]) if leaving.get("reason") else []


def _let_leave(upload: RosterUpload, ids: list[int]) -> list[Part]:
    """Take people off the active roster on the day that was said; their last line ends with it."""
    if not ids:
        return []
    assert upload.leaving is not None, "somebody was ticked"
    reason, on = upload.leaving["reason"], date.fromisoformat(upload.leaving["on"])
    homes: dict[int, int] = {}
    for some in portions(ids):
        query = sa.select(Person.id, Person.unit_id).where(Person.id.in_(some))
        homes |= dict(db.session.execute(query).tuples().all())
        in_bulk(sa.update(Person).where(Person.id.in_(some)).values(is_active=False))
        open_lines = (Placement.person_id.in_(some), Placement.until.is_(None))
        last = sa.case((Placement.since > on, Placement.since), else_=sa.literal(on, sa.Date()))
        in_bulk(sa.update(Placement).where(*open_lines).values(until=last))
    db.session.expire_all()
    data = {"reason": reason, "on": on.isoformat()}
    return [Part(Action.PERSON_LEFT, f"people:{id}", data | {"unit_id": homes[id]}) for id in ids]


def _remember(upload: RosterUpload) -> None:
    kept = {"decided": decisions.remembered(upload.decided)}
    insert = upsert(RosterHabits).values(agency_id=upload.agency_id, **kept)
    db.session.execute(insert.on_conflict_do_update(index_elements=["agency_id"], set_=kept))
