"""/laporan/tautan: addresses for offices without an account. /laporan/bersama/…: what they open,
figures by OPD and not one name."""

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import catalog
from app.accounts import guest_links
from app.accounts.access import (
    PUBLIC,
    Role,
    current_person,
    current_reader,
    current_scope,
    open_to,
)
from app.accounts.models import GuestLink
from app.agencies.membership import NOW
from app.agencies.models import Agency
from app.agencies.queries import root_of
from app.agencies.scope import Scope
from app.core.dates import local_date, local_time
from app.core.errors import DomainError, NotFound
from app.core.texts import tidy
from app.core.web import back_with, done, sent_number
from app.reports import queries
from app.reports.asked import asked_subject, denominator

bp = Blueprint("sharing", __name__)


class NoOffice(DomainError):
    message = "Tulis untuk siapa tautannya, misalnya Bawaslu Kabupaten. Tidak ada yang berubah."


@bp.get("/laporan/tautan")
@open_to(Role.HR_ADMIN)
def links() -> ResponseReturnValue:
    agency_id = _whole().id
    url = current_app.config["RAMBU"].PUBLIC_URL
    return render_template(
        "reports/links.html",
        links=[
            (one, f"{url}{url_for('.shared', token=guest_links.token_of(one))}")
            for one in guest_links.links_of(agency_id)
        ],
        most=guest_links.DAYS[-1],
        zone=current_reader().agency.zone,
    )


@bp.post("/laporan/tautan")
@open_to(Role.HR_ADMIN)
def change() -> ResponseReturnValue:
    """One more, or one less."""
    _whole()
    try:
        told = _withdrawn() if "cabut" in request.form else _made()
    except NotFound:
        raise
    except DomainError as error:
        return back_with(error, url_for(".links"))
    return done(told, url_for(".links"))


def _whole() -> Agency:
    """The instansi, for whoever administers all of it: the address shows all of it."""
    agency = current_person().agency
    if not current_scope(Role.HR_ADMIN).covers(root_of(agency)):
        raise NotFound
    return agency


def _made() -> str:
    for_whom, wrong = tidy(request.form.get("untuk", ""), "Untuk", 120)
    if wrong or not for_whom:
        raise NoOffice(wrong)
    link = guest_links.make(
        current_person().agency, for_whom, sent_number("hari") or 0, current_person()
    )
    until = local_date(link.until, link.agency.zone)
    return f"Tautan untuk {for_whom} dibuat. Salin, lalu kirim; berakhir {until}."


def _withdrawn() -> str:
    link = guest_links.link_in(current_reader().agency.id, sent_number("cabut") or 0)
    guest_links.withdraw(link, current_person())
    return f"Tautan untuk {link.for_whom} dicabut dan tidak dapat dibuka lagi."


@bp.get("/laporan/bersama/<token>")
@open_to(PUBLIC)
def shared(token: str) -> Response:
    """Nobody signs in for it, so it holds no name, no number of anybody, and no form."""
    page = make_response(_figures(guest_links.link_by(token)))
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    page.headers["Referrer-Policy"] = "no-referrer"
    return page


def _figures(link: GuestLink) -> str:
    courses = sorted(catalog.current().courses.values(), key=lambda one: one.order)
    subject = asked_subject()
    report = queries.coverage(Scope((root_of(link.agency).path,)), subject)
    return render_template(
        "reports/shared.html",
        link=link,
        subject=subject,
        report=report,
        courses=courses,
        denominator=denominator(subject, NOW),
        moment=local_time(report.as_of, link.agency.zone),
    )
