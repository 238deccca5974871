"""What is shown without a command: the projector of a hall, and the page of a speaker."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import PUBLIC, open_to
from app.core.errors import NotFound
from app.live import fitting, hosted, links
from app.live.answering import milliseconds
from app.live.controlling import told
from app.live.hosting_desk import as_read, bp, session_here
from app.live.models import LiveSession, LiveSpeaker
from app.live.overview import Overview, overview, rows_of
from app.live.paper import CHOICES
from app.live.queries import DESKS, speakers_of


class Expired(NotFound):
    message = (
        "Tautan ini sudah tidak berlaku. Mintalah yang baru kepada pemandu sesi; yang sudah "
        "tercatat tidak berubah."
    )


@bp.get("/pandu/<int:session_id>/layar")
@open_to(*DESKS)
def hall(session_id: int) -> ResponseReturnValue:
    session = session_here(session_id)
    return _hall(session, url_for(".hall_numbers", session_id=session.id))


@bp.get("/pandu/<int:session_id>/layar/angka")
@open_to(*DESKS)
def hall_numbers(session_id: int) -> ResponseReturnValue:
    return _numbers(session_here(session_id))


@bp.get("/layar/<token>")
@open_to(PUBLIC)
def hall_by_link(token: str) -> ResponseReturnValue:
    """For a second laptop, on which nobody signs in."""
    return _hall(_session_of(token), url_for(".hall_numbers_by_link", token=token))


@bp.get("/layar/<token>/angka")
@open_to(PUBLIC)
def hall_numbers_by_link(token: str) -> ResponseReturnValue:
    return _numbers(_session_of(token))


def _session_of(token: str) -> LiveSession:
    link = links.read_hall(token)
    if link is None:
        raise Expired
    return hosted.session_by_id(link.id)


def _hall(session: LiveSession, follow: str) -> str:
    seen = overview(session)
    shown = _drawn(seen)
    return render_template(
        "live/hall.html", seen=seen, fragment=shown, follow=follow, milliseconds=milliseconds
    )


def _numbers(session: LiveSession) -> ResponseReturnValue:
    seen = overview(session)
    return told(seen, lambda: _drawn(seen))


def _drawn(seen: Overview) -> str:
    session = seen.session
    return render_template(
        "live/_hall.html",
        seen=seen,
        speakers=speakers_of(session.id),
        milliseconds=milliseconds,
        choices=CHOICES,
        fitting=fitting,
        **as_read(session),
    )


@bp.get("/narasumber/<token>")
@open_to(PUBLIC)
def speaker(token: str) -> ResponseReturnValue:
    """Notes to all questions, and totals as they come."""
    found = _speaker_of(token)
    seen = overview(hosted.session_by_id(found.session_id))
    return render_template(
        "live/speaker.html",
        seen=seen,
        speaker=found,
        fragment=_notes(seen),
        follow=url_for(".speaker_numbers", token=token),
        milliseconds=milliseconds,
    )


@bp.get("/narasumber/<token>/angka")
@open_to(PUBLIC)
def speaker_numbers(token: str) -> ResponseReturnValue:
    seen = overview(hosted.session_by_id(_speaker_of(token).session_id))
    return told(seen, lambda: _notes(seen))


def _speaker_of(token: str) -> LiveSpeaker:
    link = links.read_speaker(token)
    if link is None:
        raise Expired
    try:
        return hosted.speaker_by(link.id, link.until)
    except NotFound as error:
        raise Expired from error


def _notes(seen: Overview) -> str:
    return render_template(
        "live/_speaker.html",
        seen=seen,
        rows=rows_of(seen.session),
        milliseconds=milliseconds,
        choices=CHOICES,
    )
