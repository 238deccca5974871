"""/pegawai/aktivasi: codes for a unit, slips to print, messages to send."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.accounts import activation
from app.accounts.access import current_person, open_to
from app.accounts.models import ActivationCode
from app.accounts.stepping_up import ProofForm
from app.accounts.witness import saw
from app.admin import queries
from app.admin.desk import (
    DESKS,
    activation_address,
    bp,
    desk,
    must_be_below,
    person_at,
)
from app.admin.forms import ConfirmForm, IssueForm
from app.admin.slips import Slip, group_message
from app.agencies import queries as agencies
from app.agencies.models import Unit
from app.audit.actions import Action
from app.core import qr
from app.core.errors import DomainError
from app.core.forms import form_page, saying
from app.core.web import asked_number, done

#: Codes in one go: more paper than one admin cuts and hands out.
MOST = 500


class TooMany(DomainError):
    message = (
        f"Di unit ini lebih dari {MOST} orang menunggu kode. Pilih unit yang lebih kecil, "
        "lalu terbitkan satu per satu."
    )


class NobodyWaits(DomainError):
    message = "Tidak ada orang di unit ini yang masih menunggu kode. Tidak ada yang berubah."


@bp.route("/pegawai/aktivasi", methods=["GET", "POST"])
@open_to(*DESKS)
def codes() -> ResponseReturnValue:
    unit, form = _chosen(), IssueForm()
    if form.validate_on_submit():
        with saying(form):
            count = _issue(unit, also_coded=form.also_coded.data)
            return done(f"{count} kode terbit. Cetak slipnya.", _slips_url(unit))
    scope = desk()
    tallies = queries.tallies(scope, unit)
    above = [one for one in agencies.ancestors_of(unit)[:-1] if scope.covers(one)]
    others = [top for top in queries.tops_of(scope) if top.id != unit.id]
    return form_page(
        "admin/codes.html", form, unit=unit, tallies=tallies, above=above, others=others
    )


def _chosen() -> Unit:
    """The unit that the address or the form names; the desk's first one if neither does."""
    unit_id = asked_number("unit_id") or asked_number("unit")
    scope = desk()
    return agencies.unit_in(scope, unit_id) if unit_id else queries.tops_of(scope)[0]


def _issue(unit: Unit, *, also_coded: bool) -> int:
    waiting = queries.people_waiting(unit, also_coded=also_coded)
    if len(waiting) > MOST:
        raise TooMany
    issued = activation.issue_codes(waiting, current_person())
    if not issued:
        raise NobodyWaits
    return len(issued)


@bp.get("/pegawai/aktivasi/<int:unit_id>")
@open_to(*DESKS)
def slips(unit_id: int) -> ResponseReturnValue:
    unit = agencies.unit_in(desk(), unit_id)
    open_codes = queries.codes_to_hand_out(unit, current_person())
    page = render_template(
        "admin/slips.html",
        unit=unit,
        slips=[_slip(code) for code in open_codes],
        group=group_message(unit.name, activation_address(), unit.agency.office_short),
        qr=_qr(),
        back=url_for("admin.codes", unit=unit.id),
    )
    saw(Action.SLIPS_VIEWED, f"units:{unit.id}", codes=len(open_codes))
    return page


@bp.route("/pegawai/<int:person_id>/kode", methods=["GET", "POST"])
@open_to(*DESKS)
def code(person_id: int) -> ResponseReturnValue:
    """One person's code: for somebody new, or for a forgotten password."""
    shown = person_at(person_id)
    # A code for somebody who has an account makes a new password: that wants proof.
    form = ProofForm() if queries.has_account(shown) else ConfirmForm()
    if form.validate_on_submit():
        with saying(form):
            if isinstance(form, ProofForm):
                form.prove()
            activation.issue_reset(shown, current_person())
            return done("Kode terbit.", url_for("admin.code", person_id=shown.id))
    found = queries.code_of(shown)
    seen: dict[str, object] = {"slip": None, "state": None, "qr": None}
    with saying(form):
        must_be_below(shown)
        seen = {
            "slip": _slip(found) if found else None,
            "state": queries.states_of([shown])[shown.id],
            "qr": _qr(),
        }
    page = form_page("admin/code.html", form, person=shown, **seen)
    if seen["slip"]:
        saw(Action.CODE_VIEWED, f"people:{person_id}")
    return page


def _slip(code: ActivationCode) -> Slip:
    person = code.person
    return Slip(
        id=code.id,
        name=person.full_name,
        number=person.number,
        unit=person.unit.name,
        code=activation.code_text(code),
        address=activation_address(),
        expires_at=code.expires_at,
        zone=person.agency.zone,
    )


def _qr() -> Markup:
    """The address as a picture, drawn once a page. It carries no number and no code."""
    return qr.drawn(activation_address(), svgid="qr")


def _slips_url(unit: Unit) -> str:
    return url_for("admin.slips", unit_id=unit.id)
