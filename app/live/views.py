"""A session on a phone: /webinar/<code>, with the document, the questions and the results that all
phones share. Works as pages and forms; JavaScript only spares the reloading."""

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.accounts.access import PUBLIC, Role, current_reader, open_to, reader_or_none
from app.catalog.web import current as catalog
from app.core import clock, dates
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.packing import packed_page
from app.core.together import Message
from app.core.web import ONE_YEAR, back_with
from app.live import answering, joining, outcomes, queries, replay, seats, showing
from app.live import web as live
from app.live.answering import Sent, milliseconds
from app.live.attendance import needed_of
from app.live.codes import meant
from app.live.models import LiveParticipant, LiveSession
from app.live.paper import CHOICES, thaw
from app.live.state import question_mark, result_mark
from app.live.tallies import tally_from
from app.live.timeline import Refusal, Timing

bp = Blueprint("live", __name__)
#: What somebody without JavaScript is told of her answer.
TOLD = {
    Timing.ON_TIME: ("Tersimpan ✓", "success"),
    Timing.NETWORK_LATE: ("Terlambat, tetapi tersimpan dan dihitung sebagai kehadiran.", "info"),
    Timing.REPLAY: ("Tersimpan ✓ sebagai jawaban susulan.", "success"),
    Timing.LATE: ("Terlambat, tetapi tersimpan dan dihitung sebagai kehadiran.", "info"),
    Refusal.NOT_OPEN: ("Pertanyaan ini belum dibuka. Tunggu hitungan mundurnya.", "warning"),
    Refusal.VOID: ("Pertanyaan ini dibatalkan pemandu, jadi tidak dihitung.", "warning"),
    Refusal.REVEALED: ("Jawabannya sudah dibahas, jadi tidak dapat dijawab lagi.", "warning"),
    Refusal.BAD_CHOICE: ("Pilih satu jawaban, lalu kirim sekali lagi.", "warning"),
    Refusal.UNKNOWN: ("Pertanyaan ini bukan bagian dari sesi yang Anda ikuti.", "warning"),
}


@bp.get("/webinar")
@open_to(PUBLIC)
def enter() -> ResponseReturnValue:
    """Where a code is typed."""
    if code := meant(request.args.get("kode", "", type=str)):
        return redirect(url_for(".session", code=code), code=303)
    return render_template("live/enter.html")


@bp.get("/w/<code>")
@open_to(PUBLIC)
def short(code: str) -> ResponseReturnValue:
    """The link for a chat."""
    return redirect(url_for(".session", code=meant(code)), code=302)


@bp.get("/webinar/<code>")
@open_to(PUBLIC)
def session(code: str) -> ResponseReturnValue:
    found = queries.session_by_code(code)
    if code != found.code:
        return redirect(url_for(".session", code=found.code), code=303)
    me = seats.participant(found)
    # Nothing of the address or of a stranger's stands in either page.
    page = packed_page(make_response(_landing(found) if me is None else _stage(found, me)))
    if me is None:
        return page
    return page if seats.has_ticket(found, me) else seats.keep_ticket(page, found, me)


def _landing(found: LiveSession) -> str:
    reader = reader_or_none()
    is_elsewhere = reader is not None and reader.agency.id != found.agency_id
    return render_template(
        "live/landing.html",
        **_about(found),
        sentence=joining.OfAnotherAgency.message if is_elsewhere else None,
        can_join=joining.can_join(found) and not is_elsewhere,
        opens_at=found.starts_at - joining.CHECK_IN,
        can_replay=not is_elsewhere and replay.is_open(found),
    )


def _stage(found: LiveSession, me: LiveParticipant) -> str:
    has_ended = found.has_ended
    return render_template(
        "live/after.html" if has_ended else "live/stage.html",
        **_about(found),
        shown=showing.scene(found, me),
        me_here=me,
        ticket=joining.ticket_for(me, found),
        now=milliseconds(clock.now()),
        got=outcomes.outcome_of(found, me) if has_ended else None,
        can_replay=me.guest is None and replay.is_open(found),
    )


def _about(found: LiveSession) -> dict[str, object]:
    """What every page of a session says of it."""
    total, zone = queries.questions_count(found.id), found.agency.zone
    return {
        "session": found,
        "day": dates.day_and_date(dates.local(found.starts_at, zone).date()),
        "speakers": queries.speakers_of(found.id),
        "total": total,
        "needed": needed_of(total, found.needed),
        "course": catalog().courses.get(found.course or ""),
    }


@bp.post("/webinar/<code>/ikut")
@open_to(Role.LEARNER)
def join(code: str) -> ResponseReturnValue:
    found = queries.session_by_code(code)
    try:
        me = joining.join(found, current_reader())
    except DomainError as error:
        return back_with(error, url_for(".session", code=found.code))
    db.session.commit()
    return seats.keep_ticket(redirect(url_for(".session", code=found.code), code=303), found, me)


@bp.post("/webinar/<code>/jawab/<int:run_id>")
@open_to(PUBLIC)
def answer(code: str, run_id: int) -> ResponseReturnValue:
    """One answer by a plain form."""
    found = queries.session_by_code(code)
    me = seats.participant(found)
    back = redirect(url_for(".session", code=found.code), code=303)
    if me is None:
        return back
    now, sure = clock.now(), request.form.get("yakin")
    sent = Sent(
        session_id=found.id,
        participant_id=me.id,
        run_id=run_id,
        choice=request.form.get("choice", "")[:20],
        is_sure=None if sure is None else sure == "ya",
        seq=milliseconds(now),
        claimed_at=now,
    )
    reply = answering.keep([sent])[0]
    db.session.commit()
    stands = reply.refusal or (reply.stored.timing if reply.stored else Refusal.UNKNOWN)
    flash(*TOLD[stands])
    return back


@bp.get("/webinar/<code>/keadaan")
@open_to(PUBLIC)
def state(code: str) -> ResponseReturnValue:
    """What `web.Outside` answers before Flask, where it could not."""
    document = live.states().get(meant(code))
    if document is None:
        raise queries.NoSuchCode
    status, headers, body = live.answer_of(document, request.headers.get("If-None-Match", ""))
    return Response(body, status, headers)


@bp.post("/webinar/<code>/jawaban")
@open_to(PUBLIC)
def messages(code: str) -> ResponseReturnValue:
    """What `core.front` hands to the writer together with all that wait, where there is no front.

    Without a form's token: a ticket comes in a header, which no other site can send.
    """
    headers = {name.lower(): value for name, value in request.headers.items()}
    message = Message(request.path, headers, request.get_data())
    status, given, content = live.writer().answer([message])[0]
    return Response(content, status, given)


@bp.get("/webinar/<code>/soal/<int:run_id>.<mark>")
@open_to(PUBLIC)
def question(code: str, run_id: int, mark: str) -> ResponseReturnValue:
    """The face of a question, the same for everybody."""
    found = queries.session_by_code(code)
    run = queries.run_of(found.id, run_id)
    if run.voided_at is not None or mark != question_mark(run.id, run.question.paper, run.phase):
        raise NotFound
    face = thaw(run.question.paper).face(run.phase)
    page = render_template(
        "live/_question.html", session=found, run=run, face=face, choices=CHOICES, mine=None
    )
    return _for_long(page)


@bp.get("/webinar/<code>/hasil/<int:run_id>.<mark>")
@open_to(PUBLIC)
def result(code: str, run_id: int, mark: str) -> ResponseReturnValue:
    """What a run came to, the same for everybody; it does not exist before the reveal."""
    found = queries.session_by_code(code)
    run = queries.run_of(found.id, run_id)
    is_right = mark == result_mark(run.id, run.question.paper, run.tally)
    if run.revealed_at is None or run.voided_at is not None or not is_right:
        raise NotFound
    page = render_template(
        "live/_result.html",
        run=run,
        paper=(paper := thaw(run.question.paper)),
        key=paper.key(run.phase),
        face=paper.face(run.phase),
        tally=tally_from(run.tally),
        choices=CHOICES,
    )
    return _for_long(page)


def _for_long(page: str) -> Response:
    """Its address changes when it does, and it names nobody."""
    response = Response(page)
    response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response
