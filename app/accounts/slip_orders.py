"""Codes for a whole unit, in the background, and the files of slips to print.

A code is never stored (`activation`), but a printed page has it: files are sealed with a key that
is not in the database, and are handed to whoever ordered them alone.
"""

import sqlalchemy as sa

from app.accounts import activation, queries, sealed
from app.accounts.models import Account, ActivationCode, Role, SlipFile, SlipOrder
from app.agencies.models import Person, Unit
from app.agencies.scope import Scope
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.db import at_most_one, db
from app.core.errors import DomainError, NotFound
from app.jobs import operations as jobs
from app.jobs import queries as job_queries
from app.jobs.models import Job

KIND = "accounts.slips"
_PURPOSE = "slips"


class NoDesk(DomainError):
    message = (
        "Anda tidak lagi mengelola unit ini, jadi slipnya tidak disiapkan. Kode yang sudah terbit "
        "tetap berlaku."
    )


def order(unit: Unit, by: Person, *, issues: bool, renews: bool, address: str) -> Job:
    """Ask for codes and slips of a unit and everything below. Raises AlreadyAsked."""
    wanted = order_of(unit, by) or _new(unit, by, address)
    if job_queries.open_job(KIND, trail.name_of(wanted)) is not None:
        raise jobs.AlreadyAsked
    wanted.asked_at, wanted.issued, wanted.address = clock.now(), 0, address
    wanted.issues, wanted.renews = issues, renews
    drop_files(wanted)
    trail.record(Action.SLIPS_ORDERED, unit, by, is_new=issues, is_renewed=renews)
    return jobs.ask(KIND, trail.name_of(wanted), asked_by_id=by.id)


def _new(unit: Unit, by: Person, address: str) -> SlipOrder:
    made = SlipOrder(unit=unit, by=by, issues=False, renews=False, address=address)
    with at_most_one(jobs.AlreadyAsked()):
        db.session.add(made)
    return made


def order_of(unit: Unit, by: Person) -> SlipOrder | None:
    return db.session.scalar(sa.select(SlipOrder).filter_by(unit_id=unit.id, by_id=by.id))


def job_of(wanted: SlipOrder) -> Job | None:
    return job_queries.latest_job(KIND, trail.name_of(wanted))


def order_named(subject: str) -> SlipOrder:
    """What `slip_orders:17` means. Raises NoDesk where who ordered looks after it no more."""
    wanted = db.session.get_one(SlipOrder, int(subject.partition(":")[2]))
    desks = (Role.UNIT_ADMIN, Role.HR_ADMIN)
    held = [one.unit.path for one in queries.grants_of(wanted.by) if one.role in desks]
    if not Scope(tuple(held)).covers(wanted.unit):
        raise NoDesk
    return wanted


def people_without_code(wanted: SlipOrder) -> list[int]:
    """Ids of those who wait for a code of this order. Begun anew, it leaves out who has one."""
    has_account = sa.exists().where(Account.person_id == Person.id)
    coded = sa.exists().where(ActivationCode.person_id == Person.id, queries.is_open())
    if wanted.renews:
        coded = coded.where(ActivationCode.issued_at >= wanted.asked_at)
    query = (
        sa.select(Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Scope((wanted.unit.path,)).people(), Person.is_active.is_(True))
        .where(~has_account, ~coded)
    )
    return list(db.session.scalars(query.order_by(Person.id)))


def issue(wanted: SlipOrder, person_ids: list[int]) -> None:
    """Codes for some of them; whoever holds a role above hers is passed over."""
    people = db.session.scalars(sa.select(Person).where(Person.id.in_(person_ids)))
    wanted.issued += len(activation.issue_codes(people, wanted.by))
    db.session.flush()


def keep_file(wanted: SlipOrder, file: SlipFile, pdf: bytes) -> None:
    """Keep a file, with its content sealed."""
    file.order_id = wanted.id
    file.content = sealed.seal(_PURPOSE, _owner(wanted), pdf).encode()
    db.session.add(file)
    db.session.flush()


def drop_files(wanted: SlipOrder) -> None:
    db.session.execute(sa.delete(SlipFile).where(SlipFile.order_id == wanted.id))


def files_of(wanted: SlipOrder) -> list[SlipFile]:
    """Without their content, which is loaded when it is asked for."""
    query = sa.select(SlipFile).filter_by(order_id=wanted.id)
    return list(db.session.scalars(query.order_by(SlipFile.place)))


def file_at(wanted: SlipOrder | None, place: int) -> SlipFile:
    """One of the files of an order. Raises NotFound."""
    found = None
    if wanted is not None:
        found = db.session.scalar(sa.select(SlipFile).filter_by(order_id=wanted.id, place=place))
    if found is None:
        raise NotFound
    return found


def opened(file: SlipFile) -> bytes:
    """The PDF, as it is printed."""
    return sealed.opened(_PURPOSE, _owner(file.order), file.content.decode())


def _owner(wanted: SlipOrder) -> str:
    return trail.name_of(wanted)
