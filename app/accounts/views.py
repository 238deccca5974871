"""/masuk, /aktivasi, /keluar: coming and going. /akun: one's own data, devices and password."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from app.accounts import (
    activation,
    forgotten,
    notices,
    operations,
    queries,
    second_factor,
    sessions,
    signing_in,
    throttle,
)
from app.accounts.access import (
    PUBLIC,
    Role,
    current_account,
    current_person,
    current_reader,
    current_sign_in,
    open_to,
    reader_or_none,
)
from app.accounts.forms import ActivationForm, ForgottenForm, MailForm, PasswordForm, SignInForm
from app.accounts.local import local_path
from app.accounts.passwords import WeakPassword
from app.accounts.second_factor import CodeWanted
from app.agencies import nip
from app.core.db import db
from app.core.errors import DomainError
from app.core.forms import form_page, form_status, saying, text_of
from app.core.web import done
from app.outbox import operations as outbox_operations
from app.outbox import queries as outbox

bp = Blueprint("accounts", __name__)
ACTIVATED = "Akun Anda aktif. Mulai sekarang Anda masuk dengan NIP dan kata sandi ini."
ASKED = (
    "Permintaan diterima. Bila nomor itu terdaftar, admin unit Anda melihatnya di halaman depannya "
    "dan memberi Anda kode sekali pakai. Permintaan menunggu tujuh hari."
)


@bp.route("/masuk", methods=["GET", "POST"])
@open_to(PUBLIC)
def sign_in() -> ResponseReturnValue:
    """The same answer for everybody who does not get in."""
    wanted = local_path(request.values.get("lanjut"))
    if request.method == "GET" and reader_or_none():
        return redirect(wanted, code=303)
    form = SignInForm(lanjut=wanted)
    if form.validate_on_submit():
        try:
            if _enter(form):
                return redirect(wanted, code=303)
        except CodeWanted as step:
            return _second_step(step, wanted)
    return render_template("accounts/sign_in.html", form=form), form_status()


def _second_step(step: CodeWanted, wanted: str) -> ResponseReturnValue:
    """What was done so far holds; the session is opened by the code."""
    db.session.commit()
    sessions.wait_for_code(step.account)
    return redirect(url_for("two_steps.enter", lanjut=wanted), code=303)


def _enter(form: SignInForm) -> bool:
    try:
        opened, token = signing_in.sign_in(
            text_of(form.number),
            text_of(form.password),
            device=sessions.device(),
            network=sessions.network(),
            familiar=sessions.familiar(),
        )
    except signing_in.SignInRefused as error:
        form.form_errors.append(error.message)
        return False
    sessions.let_in(opened.account, token, text_of(form.number))
    return True


@bp.route("/aktivasi", methods=["GET", "POST"])
@open_to(PUBLIC)
def activate() -> ResponseReturnValue:
    """GET only shows the form, whatever its address carries; POST spends the code."""
    form = ActivationForm(number=request.args.get("nip", "", type=str)[:40])
    if form.validate_on_submit():
        try:
            if _activate(form):
                flash(ACTIVATED, "success")
                return redirect("/", code=303)
        except CodeWanted as step:
            return _second_step(step, "/")
    return render_template("accounts/activate.html", form=form), form_status()


def _activate(form: ActivationForm) -> bool:
    network, payer = sessions.network(), sessions.payer()
    try:
        with throttle.LEDGER.measured(payer):
            account = activation.activate(
                text_of(form.number), text_of(form.code), text_of(form.new), network=network
            )
    except activation.ActivationRefused as error:
        db.session.rollback()
        throttle.check_cost(payer)  # after the code was judged: whoever has a right one gets in
        form.form_errors.append(error.message)
        return False
    except WeakPassword as error:
        return _back(form.new, error)
    if second_factor.is_on(account):
        raise CodeWanted(account)  # a code of an admin replaces the password alone
    _, token = operations.open_session(account, device=sessions.device(), network=network)
    db.session.commit()
    sessions.begin(token)
    sessions.remember_device(text_of(form.number))
    return True


@bp.route("/lupa-sandi", methods=["GET", "POST"])
@open_to(PUBLIC)
def forgot() -> ResponseReturnValue:
    """The same answer for every number; whoever carries it waits on the page of an admin."""
    form = ForgottenForm()
    if form.validate_on_submit():
        forgotten.ask(text_of(form.number), network=sessions.network())
        return done(ASKED, url_for(".sign_in"))
    return render_template("accounts/forgotten.html", form=form), form_status()


@bp.post("/keluar")
@open_to(Role.LEARNER)
def sign_out() -> ResponseReturnValue:
    """Whatever scripts kept on this device for her goes too: who uses it next is another."""
    operations.sign_out(current_sign_in())
    db.session.commit()
    sessions.finish()
    response = redirect("/", code=303)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@bp.get("/akun")
@open_to(Role.LEARNER)
def account() -> ResponseReturnValue:
    person = current_person()
    return render_template(
        "accounts/account.html",
        person=person,
        number=nip.grouped(person.number),
        devices=queries.sign_ins_of(current_account()),
        current=current_sign_in(),
        has_factor=current_reader().has_factor,
        history=notices.history_of(current_account()),
    )


@bp.route("/akun/pengingat", methods=["GET", "POST"])
@open_to(Role.LEARNER)
def reminders() -> ResponseReturnValue:
    """What was sent to her, why, where it goes, and that it ends where she wants that."""
    person_id = current_reader().id
    form = MailForm(obj=outbox.address_of(person_id))
    if form.validate_on_submit():
        with saying(form):
            kept = text_of(form.address)
            outbox_operations.keep_address(person_id, kept, refuses=form.refuses.data)
            return done("Tersimpan.", url_for(".reminders"))
    sent, is_sent = outbox.messages_of(person_id), bool(current_app.config["RAMBU"].SMTP)
    zone = current_reader().agency.zone
    return form_page("accounts/mail.html", form, sent=sent, is_sent=is_sent, zone=zone)


@bp.post("/akun/perangkat/<int:sign_in_id>/keluar")
@open_to(Role.LEARNER)
def end_device(sign_in_id: int) -> ResponseReturnValue:
    chosen = queries.sign_in_of(current_account(), sign_in_id)
    is_this_one = chosen is current_sign_in()
    operations.sign_out(chosen)
    db.session.commit()
    if is_this_one:
        sessions.finish()
        return redirect("/", code=303)
    flash("Perangkat itu sudah dikeluarkan.", "success")
    return redirect(url_for(".account"), code=303)


@bp.post("/akun/perangkat/keluar")
@open_to(Role.LEARNER)
def end_other_devices() -> ResponseReturnValue:
    ended = operations.sign_out_everywhere(
        current_account(), by=current_person(), keep=current_sign_in()
    )
    db.session.commit()
    flash(f"{ended} perangkat lain sudah dikeluarkan.", "success")
    return redirect(url_for(".account"), code=303)


@bp.route("/akun/sandi", methods=["GET", "POST"])
@open_to(Role.LEARNER)
def password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate_on_submit() and _change_password(form):
        flash("Kata sandi Anda sudah diganti. Perangkat lain sudah dikeluarkan.", "success")
        return redirect(url_for(".account"), code=303)
    return render_template("accounts/password.html", form=form), form_status()


def _change_password(form: PasswordForm) -> bool:
    current = current_sign_in()
    try:
        signing_in.change_password(current, text_of(form.old), text_of(form.new))
    except signing_in.WrongPassword as error:
        return _back(form.old, error)
    except WeakPassword as error:
        return _back(form.new, error)
    token = operations.renew(current)
    db.session.commit()
    sessions.begin(token)
    return True


def _back(field: Field, error: DomainError) -> bool:
    """Show the sentence beside what it is about; nothing was changed."""
    db.session.rollback()
    field.errors = [*field.errors, error.message]
    return False
