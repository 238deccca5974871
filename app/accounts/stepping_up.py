"""Proof of presence before a deed that reaches far: a fresh code, remembered for some minutes.

Where something is typed the code is a field of the same form, so that nothing is lost; before a
download it has a page of its own. Whoever has no second factor yet proves the password instead.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.accounts import second_factor, signing_in
from app.accounts.access import current_reader, current_sign_in
from app.core import clock
from app.core.db import db, start_writing
from app.core.errors import DomainError
from app.core.forms import Form

#: How long a proof is remembered.
REMEMBERED = timedelta(minutes=10)
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class ProofForm(Form):
    """A form whose deed wants proof; the field stands there only while it is wanted."""

    code = StringField(
        "Kode verifikasi dua langkah", validators=[InputRequired("Isi kodenya."), Length(max=40)]
    )
    password = PasswordField(
        "Kata sandi Anda", validators=[InputRequired("Isi kata sandi Anda."), Length(max=1000)]
    )

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        if is_fresh() or not current_reader().has_factor:
            del self.code
        if is_fresh() or current_reader().has_factor:
            del self.password

    def prove(self) -> int | None:
        """Take what was typed, once: it is spent even if the deed is refused then.

        Gives how many codes are left when it was one from paper. Raises CodeRefused, CodeSpent,
        WrongPassword, TooSoon.
        """
        asked = [str(self[name].data) for name in ("code", "password") if name in self]
        return prove(asked[0]) if asked else None


def is_fresh() -> bool:
    """Whether presence was proved in this session a moment ago."""
    sign_in = current_sign_in()
    proved = sign_in.code_at if current_reader().has_factor else sign_in.proved_at
    # Whichever way the clock has jumped since.
    return proved is not None and abs(clock.now() - proved) <= REMEMBERED


def prove(text: str) -> int | None:
    """Take a code, or the password of whoever has no second factor yet, and remember it."""
    start_writing()
    sign_in, left = current_sign_in(), None
    try:
        if current_reader().has_factor:
            left = second_factor.spend(sign_in.account, text)
            sign_in.code_at = clock.now()
        else:
            signing_in.prove_again(sign_in, text)
    except DomainError:
        db.session.commit()  # what the trail recorded about the refusal
        raise
    db.session.commit()
    return left


def wants_proof(view: View) -> View:
    """For a download, or a button alone: first lead to the page that asks, and back."""

    @wraps(view)
    def gated(**named: Any) -> ResponseReturnValue:
        if not is_fresh():
            return redirect(url_for("two_steps.prove", lanjut=_came_from()), code=303)
        return view(**named)

    return gated  # type: ignore[return-value]  # it takes and gives what the view does


def _came_from() -> str:
    """The page with the link or button that was pressed; without one, this address itself."""
    try:
        page = urlsplit(request.referrer or "")
    except ValueError:
        page = urlsplit("")
    if page.netloc == request.host and page.path:
        return f"{page.path}?{page.query}" if page.query else page.path
    return request.full_path.rstrip("?") if request.method == "GET" else url_for("accounts.account")
