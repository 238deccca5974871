"""/masuk, /keluar: coming and going."""

from flask import Blueprint, redirect, render_template, request
from flask_login import current_user

from app.accounts import operations, sessions
from app.accounts.access import PUBLIC, Role, current_sign_in, open_to
from app.accounts.forms import SignInForm
from app.accounts.local import local_path
from app.core.db import db

bp = Blueprint("accounts", __name__)


@bp.route("/masuk", methods=["GET", "POST"])
@open_to(PUBLIC)
def sign_in():
    """The same answer for everybody who does not get in."""
    wanted = local_path(request.values.get("lanjut"))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(wanted, code=303)
    form = SignInForm(lanjut=wanted)
    if form.validate_on_submit() and _enter(form):
        return redirect(wanted, code=303)
    status = 200 if request.method == "GET" else 422
    return render_template("accounts/sign_in.html", form=form), status


def _enter(form: SignInForm) -> bool:
    try:
        opened = operations.sign_in(
            form.number.data,
            form.password.data,
            device=sessions.device(),
            network=sessions.network(),
        )
    except operations.SignInRefused as error:
        form.form_errors.append(error.message)
        db.session.commit()  # what the trail recorded about the refusal
        return False
    db.session.commit()
    sessions.begin(*opened)
    return True


@bp.post("/keluar")
@open_to(Role.LEARNER)
def sign_out():
    operations.sign_out(current_sign_in())
    db.session.commit()
    sessions.finish()
    return redirect("/", code=303)
