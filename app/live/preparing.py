"""/pandu: a host's sessions; what each is, what it asks, and how it is rehearsed."""

from collections.abc import Sequence
from random import SystemRandom

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import Role, current_person, current_reader, open_to
from app.asking.web import finder
from app.catalog.cases import Scenario
from app.catalog.courses import Course
from app.catalog.labels import TOPICS
from app.catalog.terms import Topic
from app.catalog.web import current
from app.core import clock
from app.core.errors import DomainError, NotFound
from app.core.forms import form_page, saying
from app.core.texts import tidy
from app.core.web import back_with, done, sent_number
from app.live import arranging, choosing, hosted, queries
from app.live.hosting_desk import UnknownDeed, bp, mine
from app.live.hosting_forms import ChangeSessionForm, DeleteForm, NewSessionForm
from app.live.models import LiveSession
from app.live.overview import rows_of
from app.live.paper import paper_of
from app.live.queries import DESKS

#: The hosts' own course: it teaches to host, so an audience gets nothing of it.
HOSTS_COURSE = "pendamping-webinar"
#: Cases that a search offers.
FOUND = 12
MOVES = {"naik": -1, "turun": 1}


@bp.get("/pandu")
@open_to(*DESKS)
def sessions() -> ResponseReturnValue:
    reader, now = current_reader(), clock.now()
    found = queries.sessions_at_desk(reader)
    real = [one for one in found if not one.is_rehearsal]
    unopened = [one for one in real if one.lobby_at is None]
    return render_template(
        "live/host_list.html",
        on=[one for one in real if one.lobby_at and not one.has_ended],
        upcoming=[one for one in reversed(unopened) if one.ends_at > now],
        missed=[one for one in unopened if one.ends_at <= now],
        past=[one for one in real if one.has_ended],
        rehearsals=[one for one in found if one.is_rehearsal],
        joined=hosted.joined_of([one.id for one in found]),
        zone=reader.agency.zone,
        may_prepare=Role.HOST in reader.roles,
    )


@bp.route("/pandu/baru", methods=["GET", "POST"])
@open_to(Role.HOST)
def prepare() -> ResponseReturnValue:
    reader = current_reader()
    form = NewSessionForm(queries.units_for(reader), _courses(), reader.agency.zone)
    if form.validate_on_submit():
        with saying(form):
            cases, told = _picked(form)
            papers = [paper_of(case) for case in cases]
            session = arranging.prepare(form.said, papers, current_person())
            session.needed = min(session.needed, len(cases))
            return done(told, url_for(".questions", session_id=session.id))
    return form_page("live/host_prepare.html", form, session=None)


def _picked(form: NewSessionForm) -> tuple[list[Scenario], str]:
    """The cases that a new session asks, and the sentence about them."""
    chance, bank, wish = SystemRandom(), current(), form.wish
    told = "Sesi tersimpan. Periksa pertanyaannya, ubah urutannya, dan tulis catatan Anda."
    if form.source.data == "pendamping":
        cases = choosing.of_course(bank.course(HOSTS_COURSE), bank.on_show)
    elif form.source.data == "keliru":
        ids = [one.scenario for one in hosted.often_wrong(current_reader().agency.id)]
        cases, known = choosing.misjudged(bank.on_show, ids, wish, chance)
        told = f"{told} {_known(known, len(cases))}"
    else:
        cases = choosing.drawn(bank.on_show, wish, chance)
    if len(cases) < wish.count and form.source.data != "pendamping":
        told = f"{told} Kasus yang cocok hanya {len(cases)}."
    return cases, told


def _known(known: int, total: int) -> str:
    if known == total:
        return "Semuanya kasus yang paling sering keliru di instansi ini."
    return (
        f"{known} dari {total} pertanyaan ialah yang paling sering keliru; selebihnya dipilihkan, "
        f"karena belum cukup kasus yang dijawab sedikitnya {hosted.FEWEST_JUDGES} orang."
    )


@bp.route("/pandu/<int:session_id>/ubah", methods=["GET", "POST"])
@open_to(*DESKS)
def change(session_id: int) -> ResponseReturnValue:
    session = mine(session_id)
    units = queries.units_for(current_reader())
    if session.unit not in units:
        units = [session.unit, *units]
    form = ChangeSessionForm(session, units, _courses(), session.agency.zone)
    if form.validate_on_submit():
        with saying(form):
            arranging.change(session, form.said)
            return done("Perubahan tersimpan.", url_for(".control", session_id=session.id))
    return form_page("live/host_prepare.html", form, session=session)


def _courses() -> Sequence[Course]:
    courses = [one for one in current().courses.values() if one.slug != HOSTS_COURSE]
    return sorted(courses, key=lambda one: one.order)


@bp.get("/pandu/<int:session_id>/soal")
@open_to(*DESKS)
def questions(session_id: int) -> ResponseReturnValue:
    session = mine(session_id)
    words, topic = request.args.get("cari", "").strip()[:300], request.args.get("topik", "")
    rows = rows_of(session)
    taken = {row.question.scenario for row in rows}
    return render_template(
        "live/host_questions.html",
        session=session,
        rows=rows,
        words=words,
        topic=topic,
        topics=TOPICS,
        found=[one for one in _found(words, topic) if one.id not in taken],
        is_early=session.started_at is None and not session.has_ended,
    )


def _found(words: str, topic: str) -> list[Scenario]:
    """Cases that a host may add: those nearest to her words, or all of a topic."""
    if words:
        near = [answer.scenario for answer in finder().ask(words).answers]
        return choosing.askable(near)[:FOUND]
    if topic in list(Topic):
        fitting = [one for one in current().on_show if one.topic == topic]
        return choosing.from_easy_to_hard(choosing.askable(fitting))
    return []


@bp.post("/pandu/<int:session_id>/soal")
@open_to(*DESKS)
def arrange(session_id: int) -> ResponseReturnValue:
    """One deed on the list: a question goes up or down, out, in, or gets notes."""
    session = mine(session_id)
    back = url_for(".questions", session_id=session.id)
    try:
        told, place = _arranged(session, request.form.get("act", ""))
    except NotFound:
        raise
    except DomainError as error:
        return back_with(error, back)
    return done(told, f"{back}#soal-{place}")


def _arranged(session: LiveSession, act: str) -> tuple[str, int]:
    """Do it; what is said, and the place at which to go on."""
    if act == "tambah":
        wanted = current().shown(request.form.get("scenario", ""))
        if not choosing.askable([wanted]):
            raise NotFound
        new = arranging.add_question(session, paper_of(wanted))
        return f"Ditambahkan sebagai pertanyaan {new.place}.", new.place
    if act not in (*MOVES, "keluarkan", "catat"):
        raise UnknownDeed
    question = queries.question_of(session.id, sent_number("question") or 0)
    if act in MOVES:
        arranging.move_question(session, question, MOVES[act])
        return f"Sekarang pertanyaan {question.place}.", question.place
    if act == "keluarkan":
        place = question.place
        arranging.remove_question(session, question)
        return f"Pertanyaan {place} dikeluarkan dari susunan.", place
    arranging.note(question, _notes())
    return f"Catatan pertanyaan {question.place} tersimpan.", question.place


def _notes() -> str:
    """Several lines, each brought in order. Raises DomainError for what cannot be kept."""
    lines = []
    for line in request.form.get("notes", "").splitlines():
        text, wrong = tidy(line, "Catatan", 1000)
        if wrong:
            raise DomainError(wrong)
        lines.append(text)
    notes = "\n".join(lines).strip()
    if len(notes) > 1000:
        said = f"Catatan terlalu panjang: {len(notes)} huruf, paling banyak 1.000."
        raise DomainError(f"{said} Catatan yang lama tidak berubah.")
    return notes


@bp.post("/pandu/<int:session_id>/gladi")
@open_to(*DESKS)
def rehearse(session_id: int) -> ResponseReturnValue:
    copy = arranging.rehearse(mine(session_id), current_person())
    told = (
        "Ini gladi: salinan sesi untuk dicoba sekarang juga. Tidak memberi apa-apa kepada peserta, "
        "dan terhapus sendiri sesudah sehari."
    )
    return done(told, url_for(".control", session_id=copy.id))


@bp.route("/pandu/<int:session_id>/hapus", methods=["GET", "POST"])
@open_to(*DESKS)
def delete(session_id: int) -> ResponseReturnValue:
    session, form = mine(session_id), DeleteForm()
    if form.validate_on_submit():
        with saying(form):
            title = session.title
            arranging.delete(session, current_person())
            return done(f"“{title}” dihapus.", url_for(".sessions"))
    joined = hosted.joined_of([session.id]).get(session.id, 0)
    return form_page("live/host_delete.html", form, session=session, joined=joined)
