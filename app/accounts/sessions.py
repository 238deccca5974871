"""Sessions on the web: the cookie carries a random token, the row says whether it still counts.

Flask's own cookie sessions cannot be revoked; a row can, from any device, at once.
"""

from datetime import timedelta
from functools import cache

from flask import Flask, Response, after_this_request, current_app, flash, g, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, login_user, logout_user
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.exc import DBAPIError

from app.accounts import access, notices, operations, queries, settings, typed
from app.accounts.devices import label_of, network_of
from app.accounts.familiar import REMEMBERED, Device, device_of
from app.accounts.models import Account
from app.accounts.reader import Reader
from app.accounts.signing_in import prove_again, was_proved_within
from app.audit import refusals
from app.audit.refusals import Refused
from app.core import clock, web
from app.core.db import db, reading, start_writing

#: A session's last use is noted at most this often; a page view is not a write.
NOTED_EVERY = timedelta(minutes=5)
#: How long the second step of signing in may take, and where the cookie remembers the first.
PATIENCE = timedelta(minutes=10)
WAITING = "waiting"
#: What is counted as a refusal by the status alone: a form without its token, a brake.
REFUSALS = {403: Refused.FORM, 429: Refused.BRAKE}


class Visitor(UserMixin):
    """Who Flask-Login takes for the user: somebody with a live session."""

    def __init__(self, token: str, reader: Reader | None) -> None:
        self.token = token
        #: None in the request that signs in: it only sends the browser on.
        self.reader = reader

    @property
    def is_authenticated(self) -> bool:
        return self.reader is not None

    def get_id(self) -> str:
        return self.token


class Stranger(AnonymousUserMixin):
    """Who has no live session."""

    reader = None


class SignedCookies(SecureCookieSessionInterface):
    """Flask makes the serializer of its cookie anew whenever it reads or writes one."""

    @cache  # noqa: B019  one interface an application, for as long as it lives
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        return super().get_signing_serializer(app)


def install(app: Flask) -> None:
    """Set up sessions on an application, and tell the rules what it has decided."""
    app.session_interface = SignedCookies()
    settings.tell(app.config["RAMBU"])
    manager = LoginManager(app)
    manager.anonymous_user = Stranger
    # A phone changes its address between two lessons; the token alone identifies. So no page makes
    # a hash of address and browser, to compare it with one in the cookie.
    app.config["SESSION_PROTECTION"] = None
    manager._session_identifier_generator = lambda: None
    manager.user_loader(_load)
    app.context_processor(_page_variables)
    app.after_request(_count_refusal)


def _count_refusal(response: Response) -> Response:
    if response.status_code in REFUSALS and "is_counted" not in g:
        refusals.note(REFUSALS[response.status_code], network())
    return response


def begin(token: str) -> None:
    """Sign this browser in. Whatever cookie it came with is thrown away first."""
    _clear()
    login_user(Visitor(token, None))
    g.pop("reader", None)


def wait_for_code(account: Account) -> None:
    """Remember in the signed cookie, for some minutes, that the password was right. No session is
    open meanwhile; and none will be if the password changes."""
    _clear()
    session[WAITING] = [account.id, int(clock.now().timestamp()), _proof_of(account)]


def waiting() -> Account | None:
    """Whose code this browser is to give."""
    account_id, since, proof = session.get(WAITING) or (0, 0, "")
    if abs(clock.now().timestamp() - since) > PATIENCE.total_seconds():
        return None
    account = queries.open_account(account_id)
    return account if account is not None and _proof_of(account) == proof else None


def open_waiting(account: Account) -> None:
    """Open the session that the code was for, commit, and tell its owner what there is to tell."""
    opened, token = operations.open_session(account, device=device(), network=network())
    opened.code_at = opened.created_at
    let_in(account, token, account.person.number)


def let_in(account: Account, token: str, number: str) -> None:
    """Commit, begin the session that was opened by this number, and tell its owner what there is
    to tell."""
    told = notices.notices_for(account)
    db.session.commit()
    begin(token)
    remember_device(number)
    for sentence in told:
        flash(sentence, "warning")


def _clear() -> None:
    """Of the cookie only what was typed stays: it is sealed, and opens for its owner alone."""
    kept = session.get(typed.KEPT)
    session.clear()
    if kept:
        session[typed.KEPT] = kept


def _proof_of(account: Account) -> str:
    return settings.keyed_digest("waiting", account.id, account.password_hash).hex()


def finish() -> None:
    """Forget this browser; the row is ended by operations.sign_out."""
    logout_user()
    session.clear()
    g.pop("reader", None)


def device() -> str:
    return label_of(request.user_agent.string)


def familiar() -> Device:
    """The browser, with who has signed in on it before."""
    return device_of(request.cookies.get(_device_cookie()))


def remember_device(number: str) -> None:
    """Let this browser know that a number has signed in here."""
    sealed = familiar().with_number(number).sealed()

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            _device_cookie(),
            sealed,
            max_age=REMEMBERED,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def _device_cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-perangkat"


def network() -> str:
    """The network of this request, as brakes and the list of devices name it."""
    return network_of(request.remote_addr)


def payer() -> str:
    """Who owes for what this request costs: an account, or the network of a stranger."""
    reader = access.reader_or_none()
    return f"account:{reader.id}" if reader else f"network:{network()}"


def _load(token: str) -> Visitor | None:
    """The visitor of a cookie. While the database does not answer, nobody: public pages stay open,
    and access.py refuses the others with what went wrong."""
    try:
        return _find(token)
    except DBAPIError as error:
        db.session.rollback()
        g.sessions_unreadable = error
        return None


def _find(token: str) -> Visitor | None:
    token_hash = operations.digest(token)
    reader = queries.reader_by(token_hash)
    if reader is None:
        return None
    if clock.now() - reader.seen_at > NOTED_EVERY:
        _note_use(reader)
    return Visitor(token, reader)


def _note_use(reader: Reader) -> None:
    """Note in a transaction of its own, before the request does anything else."""
    start_writing()
    try:
        operations.refresh_seen(reader.sign_in_id, clock.now())
        db.session.commit()
    except DBAPIError:
        db.session.rollback()  # a page that only reads stays open while nothing can be written
    if request.method in web.SAFE:
        reading()


def _page_variables() -> dict[str, object]:
    """`me` (the reader, or None) and `agency`, for the frame of every page."""
    me = access.reader_or_none()
    return {"me": me, "agency": me.agency if me else None}


__all__ = [
    "begin",
    "device",
    "familiar",
    "finish",
    "install",
    "let_in",
    "network",
    "payer",
    "prove_again",
    "remember_device",
    "was_proved_within",
]
