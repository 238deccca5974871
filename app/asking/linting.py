"""/periksa: is there stale law in what somebody is about to send out?

Public and without a trace: a text is read, answered and forgotten; it is neither stored nor logged.
That a network has checked one is counted, as a brake.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import TextAreaField

from app.accounts import sessions, throttle
from app.accounts.access import PUBLIC, open_to
from app.catalog.law import cite
from app.catalog.web import current
from app.core.dates import thousands
from app.core.db import reading
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.web import error_page, wants_json
from app.stale import Reading, StaleClaim, reading_of

bp = Blueprint("linting", __name__)
#: Characters, about seventy pages.
LONGEST = 200_000
#: Places that a page shows; each kind of mistake shows at least one.
MOST_PLACES = 40
MOST_PLACES_OF_A_KIND = 10
#: Characters of its sentence that are shown on either side of a claim.
AROUND = 240
#: What a text may cost, as `reading_of` counts: twice the densest prose that we have.
MOST_READ = 1_600_000
TOO_LONG = (
    f"Teks ini lebih panjang dari {thousands(LONGEST)} karakter (sekitar 70 halaman), jadi belum "
    "diperiksa. Tidak ada yang disimpan. Periksa bagian demi bagian, misalnya satu bab sekali."
)
EMPTY = "Belum ada teks. Tempelkan isi surat, siaran pers, atau bahan tayang Anda di kotak ini."


class TextForm(Form):
    """Draws the box. What was typed is read from the request: a file is no text."""

    text = TextAreaField("Teks yang akan diperiksa")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands, with the words around it."""

    line: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where it stands what is right: a provision, or a whole instrument."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of mistake, and where it was made."""

    words: str
    right: str
    #: A sentence to put in the place of the stale one.
    instead: str
    source: Source | None
    places: tuple[Place, ...]
    #: Places that the page has no room for.
    more: int


@bp.get("/periksa")
@open_to(PUBLIC)
def lint() -> ResponseReturnValue:
    return _page()


@bp.post("/periksa")
@open_to(PUBLIC)
def lint_text() -> ResponseReturnValue:
    reading()
    text = _tidy(request.form.get("text", ""))
    if len(text) > LONGEST:
        return _page(problem=TOO_LONG), 422
    if not text.strip():
        return _page(problem=EMPTY), 422
    try:
        with throttle.charged(sessions.payer()):
            throttle.spend((throttle.LINT, sessions.network()))
            return _read(text)
    except throttle.TooSoon as wait:
        return _page(text, problem=_later(wait)), 429, {"Retry-After": str(wait.seconds)}


def _read(text: str) -> str:
    read = reading_of(text, current().stale.rules, MOST_READ)
    return _page(text, findings=findings_in(text, read), stopped_in=_line_of(text, read))


def _later(wait: throttle.TooSoon) -> str:
    return (
        "Dari jaringan ini sudah banyak teks diperiksa dalam waktu singkat. Teks Anda masih ada di "
        f"kotak di bawah. Tunggu {wait.seconds} detik, lalu tekan Periksa teks sekali lagi."
    )


def _line_of(text: str, read: Reading) -> int | None:
    """The line from which a text was not read."""
    if read.stopped_at is None:
        return None
    return text.count("\n", 0, read.stopped_at) + 1


@bp.errorhandler(413)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """More bytes than were read, so there is nothing to show again."""
    reading()
    if wants_json():
        return error_page(413, TOO_LONG)
    return _page(problem=TOO_LONG), 413


def _page(text: str = "", **about: object) -> str:
    form = TextForm(formdata=None, text=text)
    law = current().stale
    return render_template("asking/lint.html", form=form, longest=LONGEST, law=law, **about)


def _tidy(text: str) -> str:
    """Lines as we count them, and nothing that a page cannot hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text)


def findings_in(text: str, read: Reading) -> list[Finding]:
    """What is stale, by kind, in the order of the text."""
    claims = sorted(read.claims, key=lambda claim: claim.right)
    kinds = [list(kind) for _, kind in groupby(claims, lambda claim: claim.right)]
    room, found = MOST_PLACES, []
    for kind in sorted(kinds, key=lambda kind: kind[0].start):
        shown = kind[: max(1, min(room, MOST_PLACES_OF_A_KIND))]
        room -= len(shown)
        found.append(_finding(text, shown, more=len(kind) - len(shown)))
    return found


def _finding(text: str, claims: list[StaleClaim], *, more: int) -> Finding:
    first = claims[0]
    return Finding(
        words=first.found,
        right=first.right,
        instead=first.instead or first.right,
        source=_source(first),
        places=tuple(_place(text, claim) for claim in claims),
        more=more,
    )


def _source(claim: StaleClaim) -> Source | None:
    """None where the content does not hold that provision."""
    id, _, anchor = claim.source.partition("#")
    try:
        regulation = current().regulation(id)
        label = cite(regulation, anchor).label if anchor else regulation.short
    except NotFound:
        return None
    return Source(label, claim.url)


def _place(text: str, claim: StaleClaim) -> Place:
    """In its sentence; a long one is cut between words."""
    begin, end = claim.within
    before, after = text[begin : claim.start], text[claim.end : end]
    if len(before) > AROUND:
        before = "…" + (before[-AROUND:].partition(" ")[2] or before[-AROUND:])
    if len(after) > AROUND:
        after = (after[:AROUND].rpartition(" ")[0] or after[:AROUND]) + "…"
    return Place(claim.line, before, text[claim.start : claim.end], after)
