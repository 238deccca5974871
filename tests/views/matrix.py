"""Whose things an address may name: the registry behind the access matrix.

Somebody who adds a route with a new variable adds here what it stands for, or test_access fails
and says so. OWNED variables name a thing of one person or unit; FIXED ones name content.
"""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from werkzeug.routing import Rule

from app.accounts import guest_links, slip_orders
from app.accounts.models import Grant, Role, SignIn, SlipFile, SlipOrder
from app.admin import roster_vault
from app.agencies.models import Person
from app.assignments import operations as assignments
from app.assignments.audience import Audience
from app.assignments.models import Assignment, Exemption, ExemptionKind
from app.audit import trail
from app.audit.actions import Action
from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import db
from app.credentials import withdrawing
from app.credentials.models import Credential
from app.editing import operations as editing
from app.elections import operations
from app.elections.calendars import Dates, Election
from app.elections.models import ElectionCalendar
from app.elections.operations import Said
from app.jobs import files
from app.jobs import operations as jobs
from app.learning import operations as learning
from app.live import arranging, links
from app.live import queries as live_queries
from app.live.models import LiveSession
from app.oversight import checkpoints
from app.quizzes.models import Attempt
from app.rights import operations as rights
from app.rights.models import DataRequest, Wish
from app.rosters import uploading
from tests import learners, people
from tests.webinars import held_at, in_lobby

#: Who asks. Everybody with a role learns too; only Sari has no other role.
VIEWERS = {
    "anonymous": None,
    Role.LEARNER.value: "sari",
    Role.UNIT_ADMIN.value: "rina",
    Role.HR_ADMIN.value: "dewi",
    Role.HOST.value: "yusuf",
    Role.AUDITOR.value: "auditor",
    Role.EDITOR.value: "laras",
}
#: Whose thing is asked for, seen from the one who asks. Somebody in Rina's subtree is a colleague
#: of Sari's; Budi is in another OPD; Tono in another instansi.
RELATIONS = {"own": "O", "subtree": "S", "other unit": "U", "other agency": "A"}
OWNERS = {"subtree": "ani", "other unit": "budi", "other agency": "stranger"}


@dataclass(frozen=True)
class Things:
    """What one person has, by the variable that addresses it."""

    person_id: int
    unit_id: int
    sign_in_id: int
    attempt_id: int
    calendar_id: int
    grant_id: int
    request_id: int
    #: A revocation of a document of hers, asked for by somebody else.
    revocation_id: int
    #: Work that she asked for, with the file that it made.
    job_id: int
    #: A file of people that she brought.
    upload_id: int
    #: A webinar of her unit, which she hosted, and which has ended.
    session_id: int
    #: What her unit must do, and what she is exempt from.
    assignment_id: int
    exemption_id: int
    code: str


OWNED = frozenset(Things.__dataclass_fields__)
FIXED = {
    "slug": learners.SLUG,
    "number": 1,
    "scenario_id": "",
    "question_id": 0,
    "id": "pp-94-2021",
    "topic": "media-sosial",
    "sha256": "0" * 64,
    "filename": "emblem.svg",
    "day": "2026-11-30",
    "entry_id": 0,
    "run_id": 1,
    "mark": "0123456789",
    "kind": "media-sosial",
}
#: Where a variable means something else on one page.
FIXED_AT = {
    ("guides.guide", "slug"): "privasi",
    ("asking.case", "id"): "meneruskan-poster-ke-grup-keluarga",
    ("asking.dilemma", "id"): "meneruskan-poster-ke-grup-keluarga",
    ("sending.answer", "id"): "meneruskan-poster-ke-grup-keluarga",
    ("sending.answered", "id"): "meneruskan-poster-ke-grup-keluarga",
}
#: Pages of a session that anybody may open who has its code.
OF_SESSIONS = (
    *(f"live.{page}" for page in ("session", "short", "join", "answer", "state", "messages")),
    *("live.question", "live.result"),
    *(f"live_seats.{page}" for page in ("guest", "guest_in", "leave", "time", "pledge")),
    *(f"live_replay.{page}" for page in ("overview", "task", "answer")),
)


def populate(app, session, cast) -> dict[str, Things]:
    """Everybody's things, by the name in the cast; `ani` is Sari's colleague."""
    ani = people.add_person(session, cast.clinic, "199203032018032009", "Ani Lestari", "A.Md.")
    people.add_editor(session, cast)
    names = [name for name in VIEWERS.values() if name]
    owners = {name: getattr(cast, name) for name in [*names, "budi", "stranger"]} | {"ani": ani}
    catalog, course = learners.catalog_of(app), learners.course_of(app)
    FIXED["scenario_id"] = course.lessons[0].cases[0].scenario_id
    # Nobody's: whoever may edit sees every question.
    FIXED["question_id"] = editing.send("bolehkah ikut jalan sehat yang diadakan calon").id
    FIXED["entry_id"] = _nobodys_entry(session)
    checkpoints.make(app.extensions["press"].keys(), "http://127.0.0.1:8000")
    FIXED["day"] = clock.today().isoformat()
    met = in_lobby(cast, allows_guests=True)
    FIXED_AT.update({(page, "code"): met.code for page in OF_SESSIONS})
    # Of one that goes on there is no report, so no page is rendered for each who asks.
    FIXED_AT["live_report.make_page", "session_id"] = in_lobby(cast, unit=cast.health).id
    for person in owners.values():
        enrolment = learners.signed(app, person)
        learning.draw_turn(enrolment, course, catalog)
        account = people.account_with_password(session, person.id)
        session.add(SignIn(account=account, token_hash=f"{person.id:064d}"))
        _assigns(app, person)
        rights.ask(person, Wish.CORRECTION, "Gelar saya kurang satu.")
        held_at(person.unit, person)
    for name in OWNERS.values():
        session.add(people.held(owners[name], Role.HOST, owners[name].unit))
    for agency in (cast.agency, cast.elsewhere):
        days = [clock.today() + timedelta(days=number) for number in range(5)]
        operations.add_calendar(agency, Said(Election.REGIONAL, "Pilkada", Dates(*days)), None)
    for admin in (cast.rina, cast.dewi):
        for unit in {person.unit for person in owners.values()}:
            _order_slips(session, admin, unit)
    FIXED_AT.update(_links(in_lobby(cast, speakers=(("Ratna", "KPU"),))))
    shared = guest_links.make(cast.agency, "Bawaslu", 7, cast.dewi)
    FIXED_AT["sharing.shared", "token"] = guest_links.token_of(shared)
    session.commit()
    return {name: _things(session, person) for name, person in owners.items()}


def _order_slips(session, by: Person, unit) -> None:
    """Slips that somebody ordered, also for a unit that she looks after no more."""
    wanted = SlipOrder(unit=unit, by=by, issues=True, renews=False, address="x")
    session.add(wanted)
    session.flush()
    slip_orders.keep_file(wanted, SlipFile(place=1, title="x", slips=1, pages=1), b"")


def _assigns(app, person: Person) -> None:
    today, course = clock.today(), learners.course_of(app)
    audience = Audience(frozenset(course.audience))
    wish = assignments.Wish(audience, today, today + timedelta(days=9), "Sekretaris Daerah")
    assignments.assign(course, person.unit, wish, person)
    assignments.exempt(person, assignments.Excuse(ExemptionKind.STUDY, today), None)


def _links(live) -> dict[tuple[str, str], str]:
    """Links that open pages of a session without signing in."""
    speaker = live_queries.speakers_of(live.id)[0]
    arranging.make_link(speaker, links.until_of(live))
    hall, notes = links.hall_of(live), links.speaker_of(speaker)
    of_hall, of_speaker = ("hall_by_link", "hall_numbers_by_link"), ("speaker", "speaker_numbers")
    return {(f"live_host.{page}", "token"): hall for page in of_hall} | {
        (f"live_host.{page}", "token"): notes for page in of_speaker
    }


def _nobodys_entry(session) -> int:
    """An entry that every auditor may see: a refusal belongs to no instansi."""
    trail.record(Action.REFUSED, "networks:203.0.113.0/24", counts={"form": 3})
    session.commit()
    return session.scalar(sa.select(sa.func.max(AuditEntry.id)))


def _things(session, person: Person) -> Things:
    mine = Attempt.enrolment.has(person_id=person.id)
    return Things(
        person_id=person.id,
        unit_id=person.unit_id,
        sign_in_id=session.scalar(
            sa.select(SignIn.id).where(SignIn.token_hash == f"{person.id:064d}")
        ),
        attempt_id=session.scalar(sa.select(Attempt.id).where(mine)),
        calendar_id=session.scalar(
            sa.select(ElectionCalendar.id).where(ElectionCalendar.agency_id == person.agency_id)
        ),
        grant_id=session.scalar(sa.select(Grant.id).where(Grant.person_id == person.id)) or 0,
        request_id=session.scalar(
            sa.select(DataRequest.id).where(DataRequest.person_id == person.id)
        ),
        job_id=_made(person),
        upload_id=_brought(person),
        revocation_id=_unwanted(session, person),
        session_id=session.scalar(
            sa.select(LiveSession.id)
            .where(LiveSession.created_by_id == person.id)
            .where(LiveSession.ended_at.is_not(None))
        ),
        assignment_id=session.scalar(
            sa.select(Assignment.id).where(Assignment.created_by_id == person.id)
        ),
        exemption_id=session.scalar(
            sa.select(Exemption.id).where(Exemption.person_id == person.id)
        ),
        code=session.scalar(sa.select(Credential.code).where(Credential.holder_id == person.id)),
    )


def _unwanted(session, person: Person) -> int:
    held = sa.select(Credential).filter_by(holder_id=person.id)
    document = session.scalars(held.order_by(Credential.id.desc())).first()
    asked = withdrawing.ask_to_revoke(document, "Keliru.", session.get(Person, 1))
    session.commit()
    return asked.id


def _brought(person: Person) -> int:
    content = b"NIP;Nama;Status;Unit Kerja\n;Orang Desa;Perangkat desa;00\n"
    brought = roster_vault.receive(person.agency, person, "pegawai.csv", content)
    uploading.preview(brought, roster_vault.bytes_of(brought))
    db.session.commit()
    return brought.id


def _made(person: Person) -> int:
    job = jobs.ask("rights.print", f"people:{person.id}", asked_by_id=person.id)
    files.keep(job, "data.pdf", "application/pdf", b"%PDF-1.7")
    db.session.commit()
    return job.id


def variables(rule: Rule) -> dict[str, str]:
    """For each variable of a rule, "owned" or "fixed". Raises LookupError for an unknown one."""
    kinds = {}
    for name in sorted(rule.arguments):
        if (rule.endpoint, name) in FIXED_AT or name in FIXED:
            kinds[name] = "fixed"
        elif name in OWNED:
            kinds[name] = "owned"
        else:
            raise LookupError(f"tests/views/matrix.py does not know <{name}> of {rule.rule}")
    return kinds


def address(rule: Rule, things: Things) -> str:
    """The rule's address with the things of one person in it."""
    values = {}
    for name, kind in variables(rule).items():
        fixed = FIXED_AT.get((rule.endpoint, name), FIXED.get(name))
        values[name] = getattr(things, name) if kind == "owned" else fixed
    _, path = rule.build(values)
    return path
