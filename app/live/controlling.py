"""/pandu/<id>: one big button for what comes next, and everything else beside it."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import current_person, open_to
from app.asking.web import today
from app.core.dates import thousands
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.web import sent_number
from app.live import hosted, hosts, links, operations, queries, web
from app.live.answering import milliseconds
from app.live.hosting_desk import (
    UnknownDeed,
    as_read,
    bp,
    is_host,
    mine,
    public_url,
    session_here,
)
from app.live.models import LiveSession
from app.live.operations import COMMANDS, Orders
from app.live.overview import Overview, buttons_for, overview, rows_of
from app.live.queries import DESKS

#: What a host may set the time for an answer to, besides the session's own.
TIMES = (30, 45, 60, 90, 120, 180)
#: What the list of deeds calls them.
DEEDS = {
    "lobby": "membuka lobi",
    "open": "membuka pertanyaan",
    "again": "menanyakan sekali lagi",
    "other": "menanyakan tahap yang lain",
    "extend": "menambah waktu",
    "close": "menutup jawaban",
    "reveal": "membahas jawaban",
    "void": "membatalkan pertanyaan",
    "skip": "melewati pertanyaan",
    "pause": "menjeda",
    "resume": "melanjutkan",
    "signing": "membuka penandatanganan",
    "end": "mengakhiri sesi",
    "take_over": "mengambil alih",
    "add_host": "menambah pemandu",
    "remove_host": "mengeluarkan pemandu",
}


@bp.get("/pandu/<int:session_id>")
@open_to(*DESKS)
def control(session_id: int) -> ResponseReturnValue:
    return _page(session_here(session_id))


@bp.get("/pandu/<int:session_id>/keadaan")
@open_to(*DESKS)
def state(session_id: int) -> ResponseReturnValue:
    """What the page asks every second: numbers, and itself anew when something else changed."""
    session = session_here(session_id)
    seen = overview(session)
    return told(seen, lambda: _fragment(seen))


@bp.post("/pandu/<int:session_id>/perintah")
@open_to(*DESKS)
def command(session_id: int) -> ResponseReturnValue:
    """One command, on the version that the page showed."""
    session = mine(session_id)
    name, expected = request.form.get("command", ""), sent_number("expect")
    if name not in COMMANDS or expected is None:
        raise UnknownDeed
    try:
        operations.command(session, name, expected, current_person(), _orders())
    except NotFound:
        raise
    except DomainError as error:
        db.session.rollback()
        return _answer(session_here(session_id), error)
    db.session.commit()
    web.states().forget()
    return _answer(session)


def _orders() -> Orders:
    return Orders(
        seconds=sent_number("seconds"),
        question_id=sent_number("question"),
        today=today().phase,
        is_meant="is_meant" in request.form,
    )


def _answer(session: LiveSession, error: DomainError | None = None) -> ResponseReturnValue:
    """The newest state, whether the command was done or lost: a piece for our JavaScript, a page
    for everybody else."""
    status = error.status if error else 200
    if request.headers.get("X-Requested-With") == "fetch":
        return _fragment(overview(session), error), status
    if error is None:
        return redirect(url_for(".control", session_id=session.id), code=303)
    return _page(session, error), status


def _page(session: LiveSession, error: DomainError | None = None) -> str:
    seen = overview(session)
    hall = url_for("live_host.hall_by_link", token=links.hall_of(session))
    return render_template(
        "live/host_control.html",
        seen=seen,
        fragment=_fragment(seen, error),
        hall_url=f"{public_url()}{hall}",
        milliseconds=milliseconds,
        is_host=is_host(session),
        **as_read(session),
    )


def _fragment(seen: Overview, error: DomainError | None = None) -> str:
    session = seen.session
    return render_template(
        "live/_host_now.html",
        seen=seen,
        error=error,
        is_host=is_host(session),
        buttons=buttons_for(seen),
        rows=rows_of(session),
        times=sorted({*TIMES, session.seconds}),
        hosts=queries.hosts_of(session.id),
        events=[
            (event, name, DEEDS[event.command]) for event, name in hosted.events_of(session.id)
        ],
        milliseconds=milliseconds,
    )


def told(seen: Overview, fragment: Callable[[], str]) -> ResponseReturnValue:
    """The small document of a page that follows a session."""
    known = request.args.get("m", "")
    return {
        "mark": seen.mark,
        "now": milliseconds(seen.now),
        "counts": {
            "joined": thousands(seen.joined),
            "answered": thousands(seen.answered),
            "signed": thousands(seen.signed or 0),
        },
        "html": None if known == seen.mark else fragment(),
    }


@bp.get("/pandu/<int:session_id>/akhiri")
@open_to(*DESKS)
def ending(session_id: int) -> ResponseReturnValue:
    """Whether she means it: an end cannot be taken back."""
    session = mine(session_id)
    rows, seen = rows_of(session), overview(session)
    left = sum(not row.runs and not row.question.skipped_at for row in rows)
    return render_template("live/host_end.html", seen=seen, rows=rows, left=left)


@bp.post("/pandu/<int:session_id>/ambil-alih")
@open_to(*DESKS)
def take_over(session_id: int) -> ResponseReturnValue:
    session = session_here(session_id)
    hosts.take_over(session, current_person())
    db.session.commit()
    flash("Anda sekarang ikut memandu sesi ini. Semua pemandunya melihat hal itu.", "success")
    return redirect(url_for(".control", session_id=session.id), code=303)
