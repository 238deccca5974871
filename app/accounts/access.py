"""Who may open what. Declared on each view, enforced in one hook, tabled in tests/access.txt.

A view says `@open_to(Role.LEARNER)` or `@open_to(PUBLIC)`. A view that says nothing keeps the
application from starting. A signed-in person without the role gets 404: what they may not open
does not exist. Which rows they see is the queries' business (`current_scope`).
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import queries, second_factor, typed
from app.accounts.devices import network_of
from app.accounts.models import Account, Grant, Role, SignIn
from app.accounts.reader import Reader
from app.accounts.roles import RoleLapsed
from app.agencies.models import Person
from app.agencies.scope import Scope
from app.audit import refusals
from app.audit.refusals import Refused
from app.core import web
from app.core.db import db, reading, start_writing
from app.core.errors import DomainError, NotFound

PUBLIC = "public"
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def open_to(*who: Role | str) -> Callable[[View], View]:
    """Declare who may open a view: PUBLIC alone, or any of the roles named."""

    def declare(view: View) -> View:
        vars(view)["open_to"] = frozenset(who)
        return view

    return declare


def declared(app: Flask, endpoint: str) -> frozenset[Role | str]:
    """The declaration of an endpoint; static files are public."""
    if endpoint == "static":
        return frozenset({PUBLIC})
    who: frozenset[Role | str] = getattr(app.view_functions[endpoint], "open_to", frozenset())
    return who


def guard(app: Flask) -> None:
    """Refuse to start with an undeclared view, and enforce every declaration."""
    silent = [
        rule.endpoint for rule in app.url_map.iter_rules() if not declared(app, rule.endpoint)
    ]
    if silent:
        raise RuntimeError(f"views without open_to: {', '.join(sorted(set(silent)))}")
    app.before_request(_enforce)


def _enforce() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    allowed = declared(current_app, request.endpoint)
    if PUBLIC in allowed:
        return None
    if reader_or_none() is None:
        if "sessions_unreadable" in g:
            raise g.sessions_unreadable
        wanted = _wanted()
        typed.keep(wanted)
        return redirect(url_for("accounts.sign_in", lanjut=wanted), code=303)
    if not allowed & current_roles():
        refusals.note(Refused.PAGE, network_of(request.remote_addr))
        g.is_counted = True
        raise _no_such_page(allowed)
    typed.show(current_reader().id)
    return None if Role.LEARNER in allowed else _second_factor_first()


def _second_factor_first() -> ResponseReturnValue | None:
    """The first use of a desk leads to setting up a second factor, and begins a week of grace;
    after that the desk is closed until there is one."""
    reader = current_reader()
    if reader.has_factor:
        return None
    is_first = reader.factor_due_at is None
    if is_first:
        start_writing()
        second_factor.begin_grace(current_account())
        db.session.commit()
        if request.method not in web.SAFE:
            return None  # what was typed is not thrown away for it
        reading()
    if is_first or reader.is_overdue:
        return redirect(url_for("two_steps.overview", lanjut=_wanted()), code=303)
    return None


def _no_such_page(allowed: frozenset[Role | str]) -> DomainError:
    """404; but whoever had the role until it ran out is told so, also in the middle of a deed."""
    lapsed = [(since, role) for role, since in current_reader().lapsed if role in allowed]
    if not lapsed:
        return NotFound()
    since, role = max(lapsed)
    return RoleLapsed(role, since, current_reader().agency.zone)


def _wanted() -> str | None:
    """Where to go on after signing in: this page, or the one whose form was sent too late."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    try:
        came_from = urlsplit(request.referrer or "")
    except ValueError:  # `http://[`: no address at all
        return None
    if came_from.netloc == request.host:
        return came_from.path
    has_page = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    return request.path if has_page else None


def reader_or_none() -> Reader | None:
    """Who asks, as plain values; None for somebody who has not signed in. For PUBLIC pages."""
    if "reader" not in g:  # a page asks seven times, and Flask-Login looks it up each time
        visitor: Any = current_user
        g.reader = visitor.reader
    reader: Reader | None = g.reader
    return reader


def current_reader() -> Reader:
    """Who asks. Only inside views that are not PUBLIC, like the next three."""
    reader = reader_or_none()
    assert reader is not None, "asked on a page that is PUBLIC"
    return reader


def current_sign_in() -> SignIn:
    """The session of this request, as a row: loaded when a view first wants it."""
    if "sign_in" not in g:
        g.sign_in = queries.sign_in_with_owner(current_reader().sign_in_id)
    sign_in: SignIn = g.sign_in
    return sign_in


def current_account() -> Account:
    return current_sign_in().account


def current_person() -> Person:
    return current_account().person


def current_roles() -> frozenset[Role]:
    """Roles of the signed-in person on any unit; everybody is a learner."""
    reader = reader_or_none()
    if reader is None:
        return frozenset()
    if "roles" not in g:
        g.roles = reader.roles
    roles: frozenset[Role] = g.roles
    return roles


def current_scope(*roles: Role) -> Scope:
    return current_reader().scope(*roles)


__all__ = [
    "PUBLIC",
    "Grant",
    "Role",
    "current_account",
    "current_person",
    "current_reader",
    "current_roles",
    "current_scope",
    "current_sign_in",
    "declared",
    "guard",
    "open_to",
    "reader_or_none",
]
