"""What the addresses of the trail ask for. What is no date or no deed narrows nothing."""

from contextlib import suppress
from datetime import date

from flask import request

from app.audit.actions import Action
from app.oversight.queries import Filters


def asked(zone: str) -> Filters:
    """The filters of this address."""
    action = request.args.get("perbuatan", "")
    return Filters(
        action=Action(action) if action in set(Action) else None,
        person=_line("orang", 80),
        since=_day("dari"),
        until=_day("sampai"),
        network=_line("jaringan", 50),
        zone=zone,
    )


def address_of(filters: Filters) -> dict[str, str | None]:
    """The same, for the address of another page."""
    return {
        "perbuatan": filters.action.value if filters.action else None,
        "orang": filters.person or None,
        "dari": filters.since.isoformat() if filters.since else None,
        "sampai": filters.until.isoformat() if filters.until else None,
        "jaringan": filters.network or None,
    }


def _line(name: str, longest: int) -> str:
    return " ".join(request.args.get(name, "").replace("\0", " ").split())[:longest]


def _day(name: str) -> date | None:
    with suppress(ValueError):
        day = date.fromisoformat(request.args.get(name, ""))
        return day if 2000 <= day.year < 2100 else None
    return None
