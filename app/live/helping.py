"""/pandu/<id>/orang: who hosts beside her, what guests are given, which link a speaker has."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import current_person, open_to
from app.agencies.nip import read_identity
from app.core.errors import DomainError, NotFound
from app.core.web import back_with, done, sent_number
from app.live import arranging, hosted, hosts, joining, links, queries
from app.live.hosting_desk import UnknownDeed, as_read, bp, mine, public_url
from app.live.models import LiveSession, LiveSpeaker
from app.live.queries import DESKS


class NoCount(DomainError):
    message = f"Tulis banyaknya tamu dengan angka, 1 sampai {joining.MOST_GUESTS}."


class NoGuests(DomainError):
    message = (
        "Sesi ini tidak menerima tamu. Ubah dahulu pengaturannya di halaman “Ubah sesi”, selama "
        "pertanyaan pertama belum dibuka."
    )


@bp.get("/pandu/<int:session_id>/orang")
@open_to(*DESKS)
def helpers(session_id: int) -> ResponseReturnValue:
    session = mine(session_id)
    guests = queries.guests_of(session.id)
    return render_template(
        "live/host_people.html",
        session=session,
        hosts=queries.hosts_of(session.id),
        guests=guests,
        used=sum(guest.joined_at is not None for guest in guests),
        most=joining.MOST_GUESTS,
        speakers=[(one, _link_of(one)) for one in queries.speakers_of(session.id)],
        zone=session.agency.zone,
    )


def _link_of(speaker: LiveSpeaker) -> str | None:
    token = links.speaker_of(speaker)
    return f"{public_url()}{url_for('.speaker', token=token)}" if token else None


@bp.post("/pandu/<int:session_id>/orang")
@open_to(*DESKS)
def help_out(session_id: int) -> ResponseReturnValue:
    session = mine(session_id)
    back = url_for(".helpers", session_id=session.id)
    try:
        told = _done(session, request.form.get("act", ""))
    except NotFound:
        raise
    except DomainError as error:
        return back_with(error, back)
    return done(told, back)


def _done(session: LiveSession, act: str) -> str:
    """Do it, and what is said of it. Raises UnknownDeed."""
    if act == "pemandu":
        return _helper(session, request.form.get("number", "")[:60])
    if act == "tamu":
        return _guests(session)
    if act == "lepas":
        gone = hosts.remove_host(session, sent_number("host") or 0, current_person())
        return f"{gone.full_name} tidak lagi memandu sesi ini."
    if act not in ("tautan", "cabut"):
        raise UnknownDeed
    speaker = hosted.speaker_in(session.id, sent_number("speaker") or 0)
    if act == "tautan":
        arranging.make_link(speaker, links.until_of(session))
        return f"Tautan untuk {speaker.name} dibuat. Salin, lalu kirim kepadanya sendiri."
    arranging.withdraw_link(speaker)
    return f"Tautan untuk {speaker.name} dicabut; yang lama tidak dapat dibuka lagi."


def _helper(session: LiveSession, number: str) -> str:
    person = hosted.helper_by(session.agency, read_identity(number))
    hosts.add_host(session, person, current_person())
    return f"{person.full_name} sekarang ikut memandu."


def _guests(session: LiveSession) -> str:
    if not session.allows_guests:
        raise NoGuests
    count = request.form.get("count", type=int)
    if count is None or not 1 <= count <= joining.MOST_GUESTS:
        raise NoCount
    new = joining.hand_out_guests(session, count)
    return f"{new} nomor tamu baru dibuat." if new else "Nomor sebanyak itu sudah ada."


@bp.get("/pandu/<int:session_id>/tamu")
@open_to(*DESKS)
def cards(session_id: int) -> ResponseReturnValue:
    """Guests' numbers on paper, to be cut and handed out."""
    session = mine(session_id)
    guests = queries.guests_of(session.id)
    return render_template(
        "live/host_cards.html", session=session, guests=guests, **as_read(session)
    )
