"""/ and what is asked of every site: its health, its rules for robots, its security contact."""

from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import (
    PUBLIC,
    Role,
    current_person,
    current_roles,
    open_to,
    reader_or_none,
)
from app.core import clock
from app.core.db import db
from app.core.sharing import shareable
from app.core.web import for_probes
from app.courses.views import Card, journeys
from app.credentials.queries import credentials_of
from app.home import readiness
from app.home.desk import DESKS, desk
from app.sealing.checks import ADDRESS

#: RFC 9116 advises less than a year. The day is computed, so that no operator forgets it.
SECURITY_TXT_DAYS = 180

bp = Blueprint("home", __name__)


@bp.get("/")
@open_to(PUBLIC)
def home() -> ResponseReturnValue:
    if reader_or_none() is None:
        return shareable(render_template("home/visitor.html"))
    roles, person = current_roles(), current_person()
    first, others = _next_first(journeys(person))
    if roles & set(DESKS) and (seen := desk()) is not None:
        return render_template("home/desk.html", desk=seen, course=first)
    return render_template(
        "home/learner.html",
        course=first,
        others=others,
        documents_count=len(credentials_of(person)),
        report_url=url_for("reports.table") if Role.AUDITOR in roles else None,
    )


def _next_first(courses: list[Card]) -> tuple[Card | None, list[Card]]:
    """The one to go on with: what is asked first, then what is begun and not finished."""
    by_need = sorted(
        courses,
        key=lambda c: (
            c["is_done"] or bool(c["asked"].waiting),
            not c["asked"].is_open,
            not c["has_started"],
            not c["is_timely"],
        ),
    )
    first = by_need[0] if by_need else None
    return first, [course for course in courses if course is not first]


@bp.get("/sehat")
@open_to(PUBLIC)
@for_probes
def health() -> ResponseReturnValue:
    """For the operator's monitor: the application answers, whatever it stands on."""
    return {"status": "ok"}


@bp.get("/siap")
@open_to(PUBLIC)
@for_probes
def ready() -> ResponseReturnValue:
    """For whoever sends people here: the application can serve them. No page, which would ask who
    is reading, and wait for the same database."""
    instance, press = current_app.config["RAMBU"].INSTANCE, current_app.extensions["press"]
    if not (missing := list(readiness.missing(db.engine, instance, press))):
        return Response("Siap: basis data, disk, kunci, dan isi.\n", mimetype="text/plain")
    said = (
        f"Belum siap: {'; '.join(missing)}. Yang sudah tersimpan tidak berubah. "
        "Jalankan flask --app wsgi doctor, lalu coba lagi.\n"
    )
    return Response(said, 503, {"Retry-After": "10"}, mimetype="text/plain")


@bp.get("/robots.txt")
@open_to(PUBLIC)
def robots() -> ResponseReturnValue:
    """Public pages may be found; verification pages carry people's names and may not."""
    return Response(f"User-agent: *\nDisallow: {ADDRESS}\n", mimetype="text/plain")


@bp.get("/.well-known/security.txt")
@open_to(PUBLIC)
def security_txt() -> ResponseReturnValue:
    """RFC 9116: whom to tell of a weakness. There is none while the operator named nobody."""
    config = current_app.config["RAMBU"]
    if not config.SECURITY_CONTACT:
        abort(404)
    expires = clock.now() + timedelta(days=SECURITY_TXT_DAYS)
    lines = (
        f"Contact: {config.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: id, en",
        f"Canonical: {config.PUBLIC_URL}{url_for('.security_txt')}",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
