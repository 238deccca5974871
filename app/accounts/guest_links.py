"""Figures for an office without an account: an address that ends on a day, and may be withdrawn."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts import signed
from app.accounts.models import GuestLink
from app.agencies.models import Agency, Person
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.dates import start_of
from app.core.db import db, update_if
from app.core.errors import DomainError, NotFound

_KIND = "accounts.guest"
#: Days that an address may be good for.
DAYS = range(1, 91)


class WrongSpan(DomainError):
    message = f"Tautan berlaku {DAYS[0]} sampai {DAYS[-1]} hari. Tidak ada yang berubah."


class LinkOver(NotFound):
    message = (
        "Tautan ini tidak berlaku lagi, atau tidak lengkap. Minta yang baru kepada BKPSDM yang "
        "mengirimkannya."
    )


def make(agency: Agency, for_whom: str, days: int, by: Person) -> GuestLink:
    """An address until the end of a day. Raises WrongSpan."""
    if days not in DAYS:
        raise WrongSpan
    until = start_of(clock.today(agency.zone) + timedelta(days=days + 1), agency.zone)
    link = GuestLink(agency_id=agency.id, for_whom=for_whom, until=until, made_by_id=by.id)
    db.session.add(link)
    db.session.flush()
    trail.record(Action.GUEST_LINK_MADE, agency, actor=by, for_whom=for_whom, days=days)
    return link


def withdraw(link: GuestLink, by: Person) -> None:
    """It opens nothing any more; doing it twice does nothing."""
    if update_if(link, GuestLink.withdrawn_at.is_(None), withdrawn_at=clock.now()):
        trail.record(Action.GUEST_LINK_WITHDRAWN, link.agency, actor=by, for_whom=link.for_whom)


def token_of(link: GuestLink) -> str:
    return signed.made(_KIND, link.id, until=link.until)


def link_by(token: str) -> GuestLink:
    """Whose address it is. Raises LinkOver once it has ended or is withdrawn."""
    parts = signed.read(_KIND, token, 1)
    found = parts and db.session.get(GuestLink, parts[0], options=[joinedload(GuestLink.agency)])
    if not found or not found.is_open:
        raise LinkOver
    return found


def link_in(agency_id: int, link_id: int) -> GuestLink:
    """Raises NotFound."""
    found = db.session.get(GuestLink, link_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound
    return found


def links_of(agency_id: int) -> list[GuestLink]:
    """Those that open something still, the latest first."""
    query = sa.select(GuestLink).where(
        GuestLink.agency_id == agency_id,
        GuestLink.withdrawn_at.is_(None),
        GuestLink.until > clock.now(),
    )
    return list(db.session.scalars(query.order_by(GuestLink.id.desc())))
