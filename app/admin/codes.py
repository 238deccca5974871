"""/pegawai/aktivasi: codes for a unit, slips to print, messages to send."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.accounts import activation, forgotten, slip_orders
from app.accounts.access import current_person, open_to
from app.accounts.models import ActivationCode
from app.accounts.stepping_up import ProofForm, wants_proof
from app.accounts.witness import saw
from app.admin import queries
from app.admin.desk import (
    DESKS,
    activation_address,
    bp,
    desk,
    must_be_below,
    person_at,
    zone,
)
from app.admin.forms import ConfirmForm, IssueForm
from app.admin.queries import Tally
from app.admin.slips import Slip, group_message
from app.agencies import queries as agencies
from app.agencies.models import Unit
from app.audit.actions import Action
from app.core import qr
from app.core.errors import DomainError
from app.core.forms import form_page, saying
from app.core.places import place_url
from app.core.texts import whatsapp_link
from app.core.web import asked_number, attachment, done

#: Slips that one page shows; more are printed from files.
SHOWN = 200
#: Seconds after which a page with an order that is being made asks again.
AGAIN = 4


class NobodyWaits(DomainError):
    message = "Tidak ada orang di unit ini yang masih menunggu kode. Tidak ada yang berubah."


@bp.route("/pegawai/aktivasi", methods=["GET", "POST"])
@open_to(*DESKS)
def codes() -> ResponseReturnValue:
    unit, form, scope = _chosen(), IssueForm(), desk()
    tallies = queries.tallies(scope, unit)
    if form.validate_on_submit():
        with saying(form):
            _order(unit, tallies[0], form)
            return done("Kode dan slip sedang disiapkan.", _order_url(unit))
    above = [one for one in agencies.ancestors_of(unit)[:-1] if scope.covers(one)]
    others = [top for top in queries.tops_of(scope) if top.id != unit.id]
    shown = {"tallies": tallies, "above": above, "others": others, "most": SHOWN}
    wanted = slip_orders.order_of(unit, current_person())
    return form_page("admin/codes.html", form, unit=unit, wanted=wanted, **shown)


def _chosen() -> Unit:
    """The unit that the address or the form names; the desk's first one if neither does."""
    unit_id = asked_number("unit_id") or asked_number("unit")
    scope = desk()
    return agencies.unit_in(scope, unit_id) if unit_id else queries.tops_of(scope)[0]


def _order(unit: Unit, tally: Tally, form: IssueForm) -> None:
    """Codes and slips, or with `slips_only` slips of the codes that there are."""
    issues, renews = not form.slips_only.data, form.also_coded.data
    if not (tally.waiting if issues and not renews else tally.waiting + tally.coded):
        raise NobodyWaits
    address = activation_address()
    slip_orders.order(unit, current_person(), issues=issues, renews=renews, address=address)


@bp.get("/pegawai/aktivasi/<int:unit_id>/slip")
@open_to(*DESKS)
def order(unit_id: int) -> ResponseReturnValue:
    """How far an order is, and its files. The page asks again by itself while they are made."""
    unit = agencies.unit_in(desk(), unit_id)
    wanted = slip_orders.order_of(unit, current_person())
    if wanted is None:
        return redirect(url_for(".codes", unit=unit.id), code=303)
    job = slip_orders.job_of(wanted)
    text = group_message(unit.name, activation_address(), unit.agency.office_short)
    page = render_template(
        "admin/slip_order.html", unit=unit, wanted=wanted, job=job, zone=zone(), group=text,
        files=slip_orders.files_of(wanted), group_link=whatsapp_link(text),
        kept=current_app.config["RAMBU"].KEEP_SLIPS,
    )  # fmt: skip
    return (page, 200, {"Refresh": str(AGAIN)}) if job and job.is_open else page


@bp.get("/pegawai/aktivasi/<int:unit_id>/slip/<int:number>.pdf")
@open_to(*DESKS)
@wants_proof
def slip_file(unit_id: int, number: int) -> ResponseReturnValue:
    """Of an order of one's own. Each taking is an entry of the trail."""
    unit = agencies.unit_in(desk(), unit_id)
    file = slip_orders.file_at(slip_orders.order_of(unit, current_person()), number)
    content, slips = slip_orders.opened(file), file.slips
    saw(Action.SLIPS_PRINTED, f"units:{unit_id}", codes=slips, place=number)
    return attachment(content, "application/pdf", f"slip-aktivasi-{unit_id}-{number}.pdf")


@bp.get("/pegawai/aktivasi/<int:unit_id>")
@open_to(*DESKS)
def slips(unit_id: int) -> ResponseReturnValue:
    """On one page: to print at once, and to send to single people."""
    unit = agencies.unit_in(desk(), unit_id)
    if queries.tallies(desk(), unit)[0].coded > SHOWN:
        return redirect(url_for(".codes", unit=unit.id), code=303)
    open_codes = queries.codes_to_hand_out(unit, current_person())
    text = group_message(unit.name, activation_address(), unit.agency.office_short)
    page = render_template(
        "admin/slips.html",
        unit=unit,
        slips=[_slip(code) for code in open_codes],
        group=text,
        group_link=whatsapp_link(text),
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


@bp.post("/pegawai/<int:person_id>/lupa-sandi/tutup")
@open_to(*DESKS)
def put_aside(person_id: int) -> ResponseReturnValue:
    """It was not she who asked for a new password."""
    shown = person_at(person_id)
    must_be_below(shown)
    forgotten.put_aside(shown, current_person())
    return done("Permintaan ditutup. Tidak ada kode yang terbit.", place_url("front"))


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


def _order_url(unit: Unit) -> str:
    return url_for("admin.order", unit_id=unit.id)
