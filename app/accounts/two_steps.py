"""/masuk/kode, /akun/kode, /akun/dua-langkah: codes asked for, and the app that makes them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.accounts import operations, queries, second_factor, sessions, totp
from app.accounts.access import (
    PUBLIC,
    Role,
    current_account,
    current_person,
    current_reader,
    current_sign_in,
    open_to,
)
from app.accounts.forms import CodeForm
from app.accounts.local import local_path
from app.accounts.second_factor import NothingToConfirm
from app.accounts.stepping_up import ProofForm, is_fresh, wants_proof
from app.core import qr
from app.core.db import db
from app.core.errors import DomainError
from app.core.forms import form_status, text_of
from app.core.web import back_with

bp = Blueprint("two_steps", __name__)


@bp.route("/masuk/kode", methods=["GET", "POST"])
@open_to(PUBLIC)
def enter() -> ResponseReturnValue:
    """The second step of signing in, for whoever has just given the right password."""
    wanted, account = local_path(request.values.get("lanjut")), sessions.waiting()
    if account is None:
        return redirect(url_for("accounts.sign_in", lanjut=wanted), code=303)
    form = CodeForm(lanjut=wanted)
    if form.validate_on_submit():
        try:
            left = second_factor.spend(account, text_of(form.code))
        except (second_factor.CodeRefused, second_factor.CodeSpent) as error:
            db.session.commit()  # what the trail recorded about the refusal
            form.code.errors = [error.message]
        else:
            sessions.open_waiting(account)
            _tell_left(left)
            return redirect(wanted, code=303)
    return render_template("accounts/enter_code.html", form=form), form_status()


@bp.route("/akun/kode", methods=["GET", "POST"])
@open_to(Role.LEARNER)
def prove() -> ResponseReturnValue:
    """Proof of presence before something that reaches far; then back to where it was asked."""
    wanted, form = local_path(request.values.get("lanjut")), ProofForm()
    if request.method == "GET" and is_fresh():
        return redirect(wanted, code=303)
    if form.validate_on_submit():
        try:
            _tell_left(form.prove())
        except DomainError as error:
            form.form_errors.append(error.message)
        else:
            flash("Cocok. Selama 10 menit Anda tidak ditanya lagi; lanjutkan.", "success")
            return redirect(wanted, code=303)
    return render_template("accounts/prove.html", form=form, wanted=wanted), form_status()


@bp.get("/akun/dua-langkah")
@open_to(Role.LEARNER)
def overview() -> ResponseReturnValue:
    account, reader = current_account(), current_reader()
    return render_template(
        "accounts/two_steps.html",
        factor=queries.factor_of(account),
        left=queries.recovery_codes_left(account),
        is_desk=reader.is_desk,
        due=reader.factor_due_at,
        is_overdue=reader.is_overdue,
        wanted=local_path(request.args.get("lanjut")),
        zone=reader.agency.zone,
    )


@bp.post("/akun/dua-langkah/mulai")
@open_to(Role.LEARNER)
@wants_proof
def begin() -> ResponseReturnValue:
    second_factor.begin(current_account())
    db.session.commit()
    return redirect(url_for(".set_up"), code=303)


@bp.route("/akun/dua-langkah/pasang", methods=["GET", "POST"])
@open_to(Role.LEARNER)
def set_up() -> ResponseReturnValue:
    """The QR stays the same until it is confirmed: a phone reloads the page behind the app."""
    account, form = current_account(), CodeForm()
    try:
        secret = second_factor.candidate_of(account)
        if form.validate_on_submit():
            return _confirm(form)
    except NothingToConfirm as error:
        return back_with(error, url_for(".overview"))
    except DomainError as error:
        db.session.rollback()
        form.code.errors = [error.message]
    shown = {"qr": _qr(secret), "secret": totp.grouped(secret)}
    return render_template("accounts/set_up.html", form=form, **shown), form_status()


def _confirm(form: CodeForm) -> str:
    """Shown once, in the answer itself: they are kept as digests."""
    sign_in = current_sign_in()
    codes = second_factor.confirm(sign_in, text_of(form.code))
    token = operations.renew(sign_in)
    db.session.commit()
    sessions.begin(token)
    return _paper(codes)


@bp.post("/akun/dua-langkah/cadangan")
@open_to(Role.LEARNER)
@wants_proof
def renew_paper() -> ResponseReturnValue:
    if not current_reader().has_factor:
        return redirect(url_for(".overview"), code=303)
    codes = second_factor.new_paper(current_account())
    db.session.commit()
    return _paper(codes)


@bp.post("/akun/dua-langkah/lepas")
@open_to(Role.LEARNER)
@wants_proof
def remove() -> ResponseReturnValue:
    try:
        second_factor.remove(current_account())
    except second_factor.NeededForRole as error:
        return back_with(error, url_for(".overview"))
    db.session.commit()
    flash("Verifikasi dua langkah dilepas. Anda masuk dengan kata sandi saja.", "success")
    return redirect(url_for(".overview"), code=303)


def _paper(codes: list[str]) -> str:
    return render_template("accounts/recovery.html", codes=codes, person=current_person())


def _qr(secret: str) -> Markup:
    person = current_person()
    address = totp.address(secret, name=person.name, issuer=f"Rambu {person.agency.office_short}")
    return qr.drawn(address, svgclass="qr")


def _tell_left(left: int | None) -> None:
    if left is not None:
        flash(
            f"Satu kode cadangan terpakai; tersisa {left}. Bila ponsel Anda hilang, pasang ulang "
            "verifikasi dua langkah dari halaman Akun saya.",
            "warning",
        )
