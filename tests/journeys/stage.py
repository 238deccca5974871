"""Everybody at another point of the way, so that every page has something to show.

Made by the operations that the pages call; only the browser is left out.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import sqlalchemy as sa

from app import catalog
from app.accounts import activation, forgotten, guest_links, second_factor, slip_orders
from app.accounts.models import SignIn, SlipFile, SlipOrder
from app.accounts.queries import grants_of
from app.admin import roster_vault
from app.agencies import operations
from app.agencies.models import Person
from app.agencies.operations import Details
from app.assignments import operations as assignments
from app.assignments.audience import Audience
from app.assignments.models import Assignment, ExemptionKind
from app.assignments.operations import Excuse
from app.audit import parts, trail
from app.audit.actions import Action
from app.audit.models import AuditEntry
from app.audit.parts import Part
from app.catalog.quiz_options import QuizOption
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.db import db
from app.credentials import operations as credentials
from app.credentials import withdrawing
from app.credentials.models import Credential
from app.editing import operations as editing
from app.elections import operations as elections
from app.elections.calendars import Dates, Election
from app.elections.models import ElectionCalendar
from app.elections.operations import Said
from app.jobs.models import Job
from app.learning import documents, queries
from app.learning import operations as learning
from app.learning.models import Enrolment
from app.learning.pace import least
from app.live import answering, arranging, joining, links
from app.live import queries as live_queries
from app.live.models import LiveSession
from app.oversight import checkpoints
from app.printing.facts import Kind
from app.quizzes import operations as quizzes
from app.quizzes.models import Attempt
from app.quizzes.paper import thaw
from app.rights import operations as rights
from app.rights.models import DataRequest, Outcome, Wish
from app.rosters import uploading
from app.rosters.models import RosterUpload
from tests import people, webinars
from tests.learners import time_to_learn
from tests.operations.credentials.test_credentials import SOURCE, facts_for

LONGEST = Details(
    front_title="Prof. Dr. dr. Hj.",
    name="Siti Nurhalimah Kusumawardhani Hadiningrat Simanjuntak-Manangkalangi",
    back_title="S.Ked., Sp.P.D., K.G.E.H., M.Kes., M.H., FINASIM",
    status=PersonStatus.PNS,
    rank="Pembina Utama Madya (IV/d)",
    position="Kepala Bidang Pencegahan dan Pengendalian Penyakit Menular dan Tidak Menular",
)
LONG_UNIT = "Dinas Pemberdayaan Masyarakat dan Desa, Pengendalian Penduduk dan Keluarga Berencana"
VILLAGER = Details(name="Joko", status=PersonStatus.NON_ASN, position="Tenaga kebersihan")


def set_up(app) -> dict[str, str | int]:
    """Set the stage, in a thread of its own: Playwright's event loop lives in the test's, and the
    sealing of a PDF wants one for itself."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_set_up, app).result()


def _set_up(app) -> dict[str, str | int]:
    """Budi has not begun; Sari reads; Yusuf sits the quiz; Agung failed it; Rina passed; Dewi and
    the admin of the other agency signed, and that one's documents were revoked. Siti, whose name
    is as long as names get, has failed three times, and Joko has left. Gives what the addresses
    of pages need."""
    with app.app_context():
        cast = people.enter(db.session)
        siti = operations.add_person(cast.clinic, "196809261994032009", LONGEST, cast.dewi)
        joko = operations.add_person(cast.clinic, None, VILLAGER, cast.dewi)
        operations.deactivate(joko, "Pensiun", cast.dewi)
        _fails_three_times(siti)
        _reads(cast.sari)
        _practises(_learned(cast.yusuf))
        open_one = _sits(cast.yusuf, answered=5)
        failed = _submits(cast.auditor, passing=False)
        passed = _submits(cast.rina, passing=True)
        _submits(cast.dewi, passing=True)
        _submits(cast.stranger_admin, passing=True)
        mine = _signs(app, cast.dewi)
        gone = _signs(app, cast.stranger_admin)
        for credential in gone:
            credentials.revoke(credential, "Terbit untuk orang yang keliru.", cast.stranger_admin)
        activation.issue_codes([cast.sari, cast.budi], cast.rina)
        _orders_slips(cast)
        second_factor.begin(people.account_with_password(db.session, cast.budi.id))
        people.give_factor(db.session, people.account_with_password(db.session, cast.dewi.id))
        calendar, asked = _elects(cast), _wishes(cast)
        places = {
            "open": open_one.id,
            "failed": failed.id,
            "passed": passed.id,
            "pledge": mine[0].code,
            "certificate": mine[1].code,
            "revoked": gone[0].code,
            **_unwanted(cast),
            "unit": cast.health.id,
            "clinic": cast.clinic.id,
            "root": cast.root.id,
            "yesterday": clock.today() - timedelta(days=1),
            "rina": cast.rina.id,
            "grant": grants_of(cast.rina)[0].id,
            "sari": cast.sari.id,
            "budi": cast.budi.id,
            "siti": siti.id,
            "joko": joko.id,
            "calendar": calendar.id,
            "assignment": _assigns(cast).id,
            "request": asked.id,
            "webinar": _held(cast).id,
            "work": _works(cast.dewi).id,
            "shared": guest_links.token_of(
                guest_links.make(cast.agency, "Bawaslu Kabupaten Arunika", 14, cast.dewi)
            ),
            "upload": _brings(cast).id,
            **_ask(people.add_editor(db.session, cast)),
            **_meets(cast),
            **_hosts(cast),
        }
        db.session.commit()
        places["import"] = _imports(app, cast)
        db.session.remove()
    return places


def _works(person: Person) -> Job:
    """Work of hers in the background that nobody has come to the end of."""
    job = Job(kind="rights.print", subject=f"people:{person.id}", asked_by_id=person.id, total=40)
    job.done = 12
    db.session.add(job)
    db.session.flush()
    return job


def _orders_slips(cast) -> None:
    """Slips of a unit with a long name lie ready, and somebody forgot the password."""
    wanted = SlipOrder(unit=cast.clinic, by=cast.rina, issues=True, renews=False, address="x")
    db.session.add(wanted)
    db.session.flush()
    for place, title in enumerate((LONG_UNIT, f"{LONG_UNIT}: SDN 1 Melati sampai SDN 99"), start=1):
        slip_orders.keep_file(wanted, SlipFile(place=place, title=title, slips=318, pages=41), b"")
    db.session.commit()
    forgotten.ask(cast.sari.number, network="203.0.113.0/24")


def _brings(cast) -> RosterUpload:
    """A file of Dewi's: a newcomer, a unit that nobody knows, somebody who has retired."""
    rows = (
        "NIP BARU;NAMA;STATUS PEGAWAI;KEDUDUKAN HUKUM NAMA;JABATAN NAMA;UNOR NAMA;AGAMA NAMA",
        "199503032022212001;NI PUTU AYU;PPPK;PPPK Aktif;PERAWAT;PUSKESMAS MELATI;Hindu",
        "199503032022212002;MADE SUDIRA;PPPK;PPPK Aktif;PERAWAT;PKM MLT;Hindu",
        "196503031990011001;WAYAN SUKARTA;PNS;Pensiun BUP;PERAWAT;PUSKESMAS MELATI;Hindu",
    )
    name = "Unduhan SIASN Dinas Pemberdayaan Masyarakat dan Desa, Pengendalian Penduduk.csv"
    brought = roster_vault.receive(cast.agency, cast.dewi, name, "\n".join(rows).encode())
    uploading.preview(brought, roster_vault.bytes_of(brought))
    return brought


def _held(cast) -> LiveSession:
    """A webinar of last week: of two questions one was confused, and asked again."""
    clock.shift(timedelta(days=-7))
    session = webinars.in_lobby(cast, asks_sure=True, place="Aula Dinas Kesehatan")
    some = [*webinars.crowd(session, cast.clinic, 6), webinars.joined(session, cast.sari)]
    webinars.asked(session, right=some[:3], wrong=some[3:5], sure_wrong=some[5:])
    webinars.asked(session, right=some[1:], wrong=some[:1], name="again")
    webinars.asked(session, right=some[:4])
    webinars.order(session, "end")
    clock.reset()
    return session


def _imports(app, cast) -> int:
    """An import of two, somebody who was refused, and the checkpoint of the day."""
    moved = {"from_unit": cast.clinic.id, "to_unit": cast.education.id}
    rows = [
        Part(Action.PERSON_ADDED, f"people:{cast.sari.id}", {"unit_id": cast.clinic.id}),
        Part(Action.PERSON_MOVED, f"people:{cast.budi.id}", moved),
    ]
    said = {"file": "pegawai-dinas-kesehatan-2026-11.xlsx", "sha256": "0f" * 32, "rows": 2}
    parts.record(Action.ROSTER_IMPORTED, cast.agency, rows, cast.dewi, **said)
    db.session.commit()
    imported = db.session.scalar(sa.select(sa.func.max(AuditEntry.id)))
    counts = {"sign_in": 9_000, "brake": 1_000}
    trail.record(Action.REFUSED, "networks:203.0.113.0/24", network="203.0.113.0/24", counts=counts)
    checkpoints.make(app.extensions["press"].keys(), "https://rambu.contoh.go.id")
    db.session.commit()
    return imported


def cookie_of(app, name: str) -> str:
    """The session cookie of somebody from the cast, signed in; of `dewi-lama`, some time ago."""
    name, _, is_old = name.partition("-")
    numbers = {
        "sari": "199001012015032001",
        "budi": "198702022010011002",
        "rina": "198503032009022003",
        "dewi": "198004042005012004",
        "yusuf": "198305052008011005",
        "agung": "197906062003121006",
        "lestari": "198108082006012008",
        "laras": "198809092012012009",
    }
    with app.app_context():
        person = db.session.scalar(sa.select(Person).filter_by(number=numbers[name]))
        browser = people.browser_of(app, person)
        if is_old:
            latest = sa.select(sa.func.max(SignIn.id)).scalar_subquery()
            db.session.execute(sa.update(SignIn).where(SignIn.id == latest).values(code_at=None))
            db.session.commit()
        db.session.remove()
    return browser.get_cookie(app.config["SESSION_COOKIE_NAME"]).value


def _wishes(cast) -> DataRequest:
    """Sari's data are restricted, and her wish for an erasure waits; another was refused."""
    granted = rights.ask(cast.sari, Wish.RESTRICTION, "Saya tidak ingin nama saya tampil di situs.")
    rights.answer(granted, Outcome.GRANTED, "Dikabulkan sesuai permintaan Anda.", cast.dewi)
    refused = rights.ask(cast.budi, Wish.CORRECTION, "Nama saya seharusnya Boedi.")
    rights.answer(refused, Outcome.REFUSED, "SK Anda menyebut Budi.", cast.dewi)
    return rights.ask(cast.sari, Wish.ERASURE, "Hapus jawaban latihan saya.")


def _assigns(cast) -> Assignment:
    """Everybody must, their leaders first, and one need not; the units wait no longer."""
    assignments.name_head(cast.health, cast.rina, cast.dewi)
    course, today = _course(), clock.today()
    opened, audience = today - timedelta(days=20), Audience(frozenset({PersonStatus.PNS}))
    days = (opened, today + timedelta(days=19))
    wish = assignments.Wish(
        audience, *days, "Sekretaris Daerah", leaders_until=today - timedelta(days=5)
    )
    assignments.exempt(cast.yusuf, Excuse(ExemptionKind.STUDY, opened, note="SK 12"), cast.dewi)
    return assignments.assign(course, cast.root, wish, cast.dewi)


def _elects(cast) -> ElectionCalendar:
    """One election is over, one has its candidates, one has not."""
    for kind, name, began in (
        (Election.VILLAGE, "Pemilihan Kepala Desa Karang Indah", -400),
        (Election.VILLAGE, "Pemilihan Kepala Desa Sumber Asri", -31),
        (Election.REGIONAL, "Pemilihan Bupati dan Wakil Bupati Arunika", -2),
    ):
        days = (clock.today() + timedelta(days=began + day) for day in (30, 33, 93, 97, 120, 0))
        said = Said(kind, name, Dates(*days))
        latest = elections.add_calendar(cast.agency, said, cast.dewi)
    return latest


def _hosts(cast) -> dict[str, int | str]:
    """Yusuf has a session with guests and a speaker that nobody has opened, and one in which the
    first question is being discussed."""
    speakers = (("Dra. Ratna Sari, M.Si.", "Badan Pengawas Pemilihan Umum Kabupaten Arunika"),)
    drafted = webinars.prepared(cast, allows_guests=True, speakers=speakers)
    joining.hand_out_guests(drafted, 12)
    speaker = live_queries.speakers_of(drafted.id)[0]
    arranging.make_link(speaker, links.until_of(drafted))
    discussed = webinars.in_lobby(cast)
    webinars.open_now(discussed)
    clock.shift(timedelta(seconds=61))
    webinars.order(discussed, "reveal")
    token = links.speaker_of(speaker)
    return {"drafted": drafted.id, "discussed": discussed.id, "speaker": token}


def _ask(laras: Person) -> dict[str, int]:
    """Questions of strangers: some alike, one wanted, two attached, one of them to a case that is
    gone; and a case that did not answer."""
    asked = [
        "bolehkah ikut jalan sehat yang diadakan calon",
        "ikut jalan sehat diadakan calon boleh ga",
        "bolehkah " + "pertanggungjawabkan" * 6 + " itu",
        "guru honorer jadi juri lomba nyanyi",
        "boleh lari pagi bareng calon",
        "boleh tidur siang di posko",
    ]
    first, _, _, wanted, ready, gone = [editing.send(text) for text in asked]
    case = catalog.current().shown("hadir-diam-mendengar")
    editing.want(wanted, laras)
    editing.attach(ready, case, "boleh lari pagi bareng calon", laras)
    editing.attach(gone, case, "boleh tidur siang di posko", laras)
    db.session.flush()
    db.session.refresh(gone)
    gone.scenario_id = "kasus-yang-sudah-dihapus"
    editing.count_answer(case, is_answered=False)
    return {"question": first.id, "wanted": wanted.id}


def _meets(cast) -> dict[str, str | int]:
    """Sessions of Yusuf's: one waits, one asks for ten minutes, one was told, one is over. Sari
    sits in all but the first."""
    lobby = webinars.in_lobby(cast, allows_guests=True, place="Aula Setda")
    asking = webinars.in_lobby(cast, asks_sure=True)
    told = webinars.in_lobby(cast)
    over = webinars.in_lobby(cast, needed=1, replay_until=clock.today() + timedelta(days=7))
    runs = []
    for session in (asking, told, over):
        sari = webinars.joined(session, cast.sari)
        webinars.order(session, "open", seconds=600)
        runs.append(webinars.begun(session))
        answering.keep([webinars.sent(runs[-1], sari)])
    for session in (told, over):
        webinars.order(webinars.order(session, "close"), "reveal", is_meant=True)
    webinars.order(told, "signing")
    webinars.order(over, "end")
    codes = {"lobby": lobby, "asking": asking, "told": told, "over": over}
    return {name: session.code for name, session in codes.items()} | {"replay": runs[-1].id}


def _course():
    return catalog.current().course("netralitas-inti")


def _reads(person: Person) -> None:
    """Lesson 1 is done; in lesson 2 the first case is answered, wrongly."""
    course = _course()
    clock.shift(-least(course.lesson(1).minutes))
    enrolment = learning.enrol(person, course)
    _finish(enrolment, course.lesson(1))
    case = queries.cases_of(course.lesson(2), catalog.current())[0]
    wrong = "bergantung" if case.ruling.verdict.value != "bergantung" else "boleh"
    learning.answer_case(enrolment, course.lesson(2), case, wrong)


def _learned(person: Person) -> Enrolment:
    course = _course()
    enrolment = queries.enrolment_of(person, course)
    if enrolment is not None and enrolment.has_learned:
        return enrolment
    clock.shift(-time_to_learn(course))
    enrolment = learning.enrol(person, course)
    for lesson in course.lessons:
        _finish(enrolment, lesson)
    return enrolment


def _finish(enrolment: Enrolment, lesson) -> None:
    for case in queries.cases_of(lesson, catalog.current()):
        learning.answer_case(enrolment, lesson, case, case.ruling.verdict.value)
    clock.shift(least(lesson.minutes))
    learning.finish_lesson(enrolment, _course(), lesson, catalog.current())


def _practises(enrolment: Enrolment) -> None:
    """One turn answered, one waiting."""
    turn = learning.draw_turn(enrolment, _course(), catalog.current())
    case = catalog.current().case(turn.scenario, turn.phase)
    learning.answer_turn(turn, case, "bergantung")
    learning.draw_turn(enrolment, _course(), catalog.current())


def _sits(person: Person, answered: int, passing: bool = True) -> Attempt:
    enrolment = _learned(person)
    clock.shift(-timedelta(minutes=1))
    attempt = quizzes.start_attempt(enrolment, _course(), catalog.current())
    clock.shift(timedelta(minutes=1))
    for position, question in enumerate(thaw(attempt.paper).questions[:answered], start=1):
        choice = question.key if passing else wrong_option(question.key)
        quizzes.save_answer(person, attempt.id, position, choice)
    return attempt


def wrong_option(key: str) -> str:
    return next(option.value for option in QuizOption if option.value != key)


def _submits(person: Person, passing: bool) -> Attempt:
    attempt = _sits(person, answered=99, passing=passing)
    quizzes.submit_attempt(attempt)
    return attempt


def _fails_three_times(person: Person) -> None:
    """Hours ago, an hour and a minute apart."""
    clock.shift(timedelta(hours=-4))
    for _ in range(_course().max_attempts):
        _submits(person, passing=False)
        clock.shift(timedelta(minutes=61))
    clock.reset()


def _signs(app, person: Person) -> list[Credential]:
    """The pledge and the certificate, sealed."""
    enrolment = queries.own_enrolment(person, _course())
    evidence = documents.Evidence(clock.now(), "Chrome di Android", "127.0.0.0/24")
    learning.sign_pledge(enrolment, catalog.current(), evidence)
    query = sa.select(Credential).filter_by(holder_id=person.id)
    issued = sorted(db.session.scalars(query), key=lambda one: one.kind.value, reverse=True)
    for credential in issued:
        credentials.file_of(credential, app.extensions["press"])
    return issued


def _unwanted(cast) -> dict[str, str | int]:
    """A pledge whose file nobody has asked for, and that Rina wants withdrawn; and Yusuf's, which
    states a name that he does not have any more."""
    unmade, old = _issued(cast.auditor), _issued(cast.yusuf)
    asked = withdrawing.ask_to_revoke(unmade, "Terbit untuk orang yang keliru.", cast.rina)
    cast.yusuf.back_title, cast.yusuf.position = "S.Sos., M.A.P.", LONGEST.position
    db.session.flush()
    return {"unmade": unmade.code, "revocable": old.code, "revocation": asked.id}


def _issued(person: Person) -> Credential:
    """A pledge whose file nobody has asked for."""
    return credentials.issue(person, SOURCE, facts_for(person, Kind.PLEDGE))


__all__ = ["cookie_of", "set_up", "wrong_option"]
