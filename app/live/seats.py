"""Whose seat it is on this phone: the ticket that it keeps, guests, and time for those who need it.

A phone may be a family's or an office's. Whoever is signed in has her own seat, whatever ticket
lies there; without anybody signed in the ticket says who it is, and can be given back.
"""

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.accounts import sessions, throttle
from app.accounts.access import PUBLIC, Role, current_person, open_to, reader_or_none
from app.catalog.web import current as catalog
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.web import back_with, sent_number
from app.live import joining, queries, tickets
from app.live.codes import meant
from app.live.joining import GUEST, GUEST_NETWORK, WrongGuestCode
from app.live.models import LiveParticipant, LiveSession
from app.live.ways import ways_of

bp = Blueprint("live_seats", __name__)
#: What is said once a guest's, or anybody's, time was changed.
TIMES = {
    100: "Anda memakai waktu yang sama dengan semua orang.",
    150: "Mulai sekarang Anda punya waktu satu setengah kali.",
    200: "Mulai sekarang Anda punya waktu dua kali lipat.",
}


@bp.get("/webinar/<code>/tamu")
@open_to(PUBLIC)
def guest(code: str) -> ResponseReturnValue:
    """Where somebody without an account types what stands on a card of the host's."""
    return _guest_page(_for_guests(code))


@bp.post("/webinar/<code>/tamu")
@open_to(PUBLIC)
def guest_in(code: str) -> ResponseReturnValue:
    """Braked by the number that is tried; by the network only where no hall could be meant."""
    number = _number()
    keys = (GUEST, meant(code), number), (GUEST_NETWORK, sessions.network())
    try:
        throttle.spend(*keys)  # in a transaction of its own, so before anything is asked
    except throttle.TooSoon as wait:
        told = (
            f"Kartu ini sudah terlalu sering dicoba. Tunggu {wait.seconds} detik, lalu tekan lagi."
        )
        page = _guest_page(_for_guests(code), told)
        return page, wait.status, {"Retry-After": str(wait.seconds)}
    found = _for_guests(code)
    try:
        me = joining.join_as_guest(found, number, request.form.get("kode", "")[:12])
    except WrongGuestCode as error:
        db.session.rollback()
        return _guest_page(_for_guests(code), error.message), error.status
    except DomainError as error:
        return back_with(error, url_for("live.session", code=found.code))
    db.session.commit()
    throttle.forgive(*keys)
    return keep_ticket(redirect(url_for("live.session", code=found.code), code=303), found, me)


def _for_guests(code: str) -> LiveSession:
    found = queries.session_by_code(code)
    if not found.allows_guests:
        raise NotFound
    return found


def _guest_page(found: LiveSession, said: str | None = None) -> str:
    return render_template("live/guest.html", session=found, said=said)


def _number() -> int:
    """What stands on the card; 0, which no card has, for what is no number."""
    return max(sent_number("nomor") or 0, 0)


@bp.post("/webinar/<code>/lepas")
@open_to(PUBLIC)
def leave(code: str) -> ResponseReturnValue:
    """Give the ticket of this phone back: it names somebody else. The seat stays hers."""
    found = queries.session_by_code(code)
    response = redirect(url_for("live.session", code=found.code), code=303)
    response.delete_cookie(cookie(), secure=_is_secure(), httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"storage"'  # answers of hers that wait on this phone
    return response


@bp.post("/webinar/<code>/waktu")
@open_to(PUBLIC)
def time(code: str) -> ResponseReturnValue:
    """More time to answer, for whoever says so; nobody else is told."""
    found = queries.session_by_code(code)
    me = participant(found)
    percent = request.form.get("persen", 0, type=int)
    if me is not None and percent in TIMES:
        joining.take_time(me, percent)
        db.session.commit()
        flash(TIMES[percent], "success")
    return redirect(url_for("live.session", code=found.code), code=303)


@bp.get("/webinar/<code>/pakta")
@open_to(Role.LEARNER)
def pledge(code: str) -> ResponseReturnValue:
    """Where the host's call to sign leads: to the pledge, or to the step that is missing."""
    found = queries.session_by_code(code)
    ways = ways_of(current_person(), catalog(), found.course)
    if len(ways) == 1 and ways[0].is_to_sign:
        return redirect(url_for("learning.pledge", slug=ways[0].course.slug), code=303)
    return render_template("live/signing.html", session=found, ways=ways)


def participant(found: LiveSession) -> LiveParticipant | None:
    """Who asks: whoever is signed in, else whom this phone's ticket names."""
    reader = reader_or_none()
    if reader is not None:
        return queries.participant_of(found.id, reader.id)
    ticket = tickets.read(request.cookies.get(cookie()))
    if ticket is None or ticket.session_id != found.id:
        return None
    return queries.participant(found.id, ticket.participant_id)


def keep_ticket(response: Response, found: LiveSession, me: LiveParticipant) -> Response:
    """Leave the ticket on this phone, in the place of whatever lay there."""
    response.set_cookie(
        cookie(),
        joining.ticket_for(me, found),
        expires=joining.ticket_until(found),
        secure=_is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def has_ticket(found: LiveSession, me: LiveParticipant) -> bool:
    """Whether the ticket on this phone is for this seat."""
    ticket = tickets.read(request.cookies.get(cookie()))
    return ticket is not None and (ticket.session_id, ticket.participant_id) == (found.id, me.id)


def cookie() -> str:
    """One ticket a phone: nobody sits in two sessions at once."""
    return f"{current_app.config['SESSION_COOKIE_NAME']}-tiket"


def _is_secure() -> bool:
    secure: bool = current_app.config["SESSION_COOKIE_SECURE"]
    return secure
