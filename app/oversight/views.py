"""/jejak: who did what, for whoever audits. /jejak/kepala: what anybody may hold the trail to."""

from datetime import date

from flask import Blueprint, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import PUBLIC, Role, current_person, current_scope, open_to
from app.accounts.stepping_up import wants_proof
from app.accounts.witness import saw
from app.audit.actions import LABELS, Action
from app.core import clock
from app.core.dates import local
from app.core.errors import DomainError, NotFound
from app.core.spreadsheets import csv_of, tame
from app.core.web import asked_number, attachment
from app.credentials.press import Press
from app.oversight import checkpoints, naming, queries
from app.oversight.forms import address_of, asked
from app.oversight.models import Checkpoint
from app.oversight.naming import Deed

bp = Blueprint("oversight", __name__)

READERS = (Role.HR_ADMIN, Role.AUDITOR)
#: Entries on one page, rows of an import on one page, and entries in one file.
PAGE, ROWS, FILE = 50, 200, 20_000
COLUMNS = ("No", "Waktu", "Perbuatan", "Oleh", "Objek", "Rincian", "Sidik")


class TooLong(DomainError):
    message = (
        f"Lebih dari {FILE} catatan cocok, jadi berkasnya tidak dibuat. Persempit periodenya, "
        "lalu unduh sebagian demi sebagian."
    )


@bp.get("/jejak")
@open_to(*READERS)
def deeds() -> ResponseReturnValue:
    scope, zone = current_scope(*READERS), current_person().agency.zone
    filters = asked(zone)
    found = queries.entries(scope, filters, asked_number("sebelum"), PAGE + 1)
    return render_template(
        "oversight/deeds.html",
        deeds=naming.deeds(found[:PAGE], scope),
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        filters=filters,
        asked=address_of(filters),
        labels=sorted(LABELS.items(), key=lambda pair: pair[1]),
        zone=zone,
    )


@bp.get("/jejak/<int:entry_id>")
@open_to(*READERS)
def deed(entry_id: int) -> ResponseReturnValue:
    """One entry; of an import, the people that it brought in or changed."""
    scope, after = current_scope(*READERS), asked_number("setelah") or 0
    (shown,) = naming.deeds([queries.entry_in(scope, entry_id)], scope)
    parts = queries.parts_of(shown.batch, after, ROWS + 1) if shown.batch else []
    return render_template(
        "oversight/deed.html",
        deed=shown,
        rows=naming.rows(parts[:ROWS], scope),
        after=parts[ROWS - 1].place if len(parts) > ROWS else None,
        zone=current_person().agency.zone,
    )


@bp.get("/jejak.csv")
@open_to(*READERS)
@wants_proof
def download() -> ResponseReturnValue:
    scope, zone = current_scope(*READERS), current_person().agency.zone
    filters = asked(zone)
    found = queries.entries(scope, filters, None, FILE + 1)
    if len(found) > FILE:
        raise TooLong
    content = csv_of(COLUMNS, (_line(one, zone) for one in naming.deeds(found, scope)))
    name = f"jejak-{clock.today(zone):%Y-%m-%d}.csv"
    chosen = {key: value for key, value in address_of(filters).items() if value}
    saw(Action.TRAIL_EXPORTED, f"people:{current_person().id}", rows=len(found), filters=chosen)
    return attachment(content, "text/csv; charset=utf-8", name)


def _line(one: Deed, zone: str) -> list[str]:
    assert one.at is not None, "only rows beside an entry have no moment"
    at = local(one.at, zone).isoformat(sep=" ", timespec="seconds")
    texts = (one.action, one.actor, one.subject, one.told)
    return [str(one.id), at, *map(tame, texts), one.hash]


@bp.get("/jejak/kepala")
@open_to(PUBLIC)
def head() -> ResponseReturnValue:
    found = checkpoints.newest()
    return render_template(
        "oversight/head.html", newest=found, days=checkpoints.days(), zone="Asia/Jakarta"
    )


@bp.get("/jejak/kepala.json")
@open_to(PUBLIC)
def newest() -> ResponseReturnValue:
    """The newest checkpoint, and where the others are."""
    found = checkpoints.newest()
    press: Press = current_app.extensions["press"]
    others = [url_for(".checkpoint", day=day.isoformat()) for day in checkpoints.days()]
    return jsonify(
        newest=checkpoints.as_dict(found) if found else None,
        checkpoints=[f"{press.public_url}{path}" for path in others],
        root=f"{press.public_url}{url_for('credentials.root_certificate')}",
    )


@bp.get("/jejak/kepala/<day>.json")
@open_to(PUBLIC)
def checkpoint(day: str) -> ResponseReturnValue:
    """One checkpoint, as `flask audit verify --checkpoint` reads it."""
    text = checkpoints.as_json(_made_on(day))
    return attachment(text, "application/json", f"jejak-{day[:10]}.json")


def _made_on(day: str) -> Checkpoint:
    try:
        found = checkpoints.of_day(date.fromisoformat(day))
    except ValueError:
        found = None
    if found is None:
        raise NotFound
    return found
