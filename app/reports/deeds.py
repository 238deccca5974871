"""The worker's part of a report: who asked is asked again for her part of the tree, and what she
gets is made of that."""

from dataclasses import astuple, dataclass
from datetime import date

from app.accounts.models import Role
from app.accounts.queries import grants_of
from app.agencies.membership import NOW, on
from app.agencies.models import Person
from app.agencies.scope import Scope
from app.core import clock
from app.core.dates import thousands
from app.core.db import Json, db
from app.core.spreadsheets import XLSX
from app.jobs import operations as jobs
from app.jobs.deeds import Deed, Work
from app.jobs.models import Job
from app.reports import queries
from app.reports.asked import denominator, said_when, subject_of
from app.reports.books import Recap, as_workbook, count_lines
from app.reports.coverage import homes_of

READERS = (Role.UNIT_ADMIN, Role.HR_ADMIN, Role.AUDITOR)
KIND = "reports.workbook"


@dataclass(frozen=True)
class Wanted:
    """Whose report of what: as the subject of a job, since a job remembers nothing else."""

    person_id: int
    course: str
    everybody: str = ""
    unit_id: str = ""
    per: str = ""

    @property
    def subject(self) -> str:
        return ">".join(str(part) for part in astuple(self))

    @classmethod
    def of(cls, subject: str) -> "Wanted":
        person_id, *others = subject.split(">")
        return cls(int(person_id), *others)


def ask_for_workbook(wanted: Wanted) -> Job:
    return jobs.ask(KIND, wanted.subject, asked_by_id=wanted.person_id)


def recap_of(wanted: Wanted) -> Recap:
    """Everything that the file says, of the part that its reader sees now."""
    reader = db.session.get_one(Person, wanted.person_id)
    agency, subject = reader.agency, subject_of(wanted.course, everybody=bool(wanted.everybody))
    when = on(date.fromisoformat(wanted.per), agency) if wanted.per else NOW
    scope = when.scope(scope_of(reader))
    if wanted.unit_id:
        node = queries.node_in(scope, int(wanted.unit_id), when)
        report, inside = queries.coverage_of(node, subject, when), queries.counted_below(node, when)
    else:
        report, inside = queries.coverage(scope, subject, when), scope
    return Recap(
        agency=agency,
        title=subject.title,
        moment=said_when(when, clock.now(), agency.zone),
        denominator=denominator(subject, when),
        rows=report.rows,
        total=report.total,
        people=queries.standings(inside, subject, when=when),
        homes=homes_of(queries.nodes_in(scope, when)),
        day=clock.today(agency.zone),
    )


def scope_of(reader: Person) -> Scope:
    """Where she may read reports now: a role may have ended since she asked."""
    held = grants_of(reader)
    return Scope(tuple(grant.unit.path for grant in held if grant.role in READERS))


def _make(work: Work) -> Json:
    recap = recap_of(Wanted.of(work.subject))
    total = count_lines(recap)
    name = f"laporan-{recap.agency.code}-{recap.day:%Y-%m-%d}.xlsx"
    work.advance(0, total)
    content = as_workbook(recap, work.advance)
    work.keep(name, XLSX, content)
    return {"told": f"Laporan dengan {thousands(len(recap.people))} orang siap diunduh."}


MAKE = Deed(KIND, "susun laporan XLSX", _make)
