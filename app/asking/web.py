"""What every page may ask: the search over the bank, and the elections of today."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask, current_app, g
from markupsafe import Markup

from app.accounts.access import reader_or_none
from app.agencies.queries import unit_name_of
from app.asking.today import Today
from app.catalog.model import Catalog
from app.catalog.web import made_once
from app.core import clock
from app.core.kept import kept
from app.core.stages import tell
from app.elections import changes
from app.elections import queries as elections
from app.reading.web import part

if TYPE_CHECKING:
    from app.asking.search.answers import Finder, Index

#: How long the elections of today are kept. In the process that changes a calendar they are asked
#: anew at once; in its neighbours within this time.
KEPT_FOR = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class KeptDay:
    """The elections of one agency, as they were at a moment and after so many changes."""

    today: Today
    #: Which stage it is, drawn.
    note: Markup
    at: datetime
    changes: int

    def still_holds(self) -> bool:
        return self.changes == changes.seen() and abs(clock.now() - self.at) < KEPT_FOR


def install(app: Flask) -> None:
    """Let templates say which elections are on."""
    app.extensions["elections_today"] = {}
    app.add_template_global(stage_note)


def finder() -> "Finder":
    """The search over the bank, loaded when it is first needed: most commands never ask."""
    from app.asking.search.answers import Finder  # numpy: most commands need none

    return made_once(
        "finder", lambda bank: Finder(bank.on_show, part("index", lambda: _indexed(bank)))
    )


def _indexed(bank: Catalog) -> "Index":
    from app.asking.search.answers import Index

    tell("Menyusun indeks pencarian …")
    return Index(bank.on_show, bank.lexicon)


def today() -> Today:
    """The elections of the reader's agency; of the only agency for a visitor. A village's own only
    for people there."""
    if "today" not in g:
        day = _day().today
        g.today = day.for_people_at(_workplace()) if day.unjudged else day
    shown: Today = g.today
    return shown


def stage_note() -> Markup:
    """Which stage it is today, for any page on which a verdict depends on it."""
    day, shown = _day(), today()
    return day.note if shown is day.today else _note(shown)


def _note(shown: Today) -> Markup:
    return kept("components/_today.html", shown, now=shown)


def _workplace() -> str | None:
    reader = reader_or_none()
    return unit_name_of(reader.id) if reader else None


def _day() -> KeptDay:
    if "day" not in g:
        reader = reader_or_none()
        g.day = _kept_day(reader.agency.id if reader else None)
    day: KeptDay = g.day
    return day


def _kept_day(agency_id: int | None) -> KeptDay:
    days: dict[int | None, KeptDay] = current_app.extensions["elections_today"]
    day = days.get(agency_id)
    if day is None or not day.still_holds():
        at, seen = clock.now(), changes.seen()
        running = (
            elections.elections_here() if agency_id is None else elections.elections_of(agency_id)
        )
        day = days[agency_id] = _drawn(Today(running), at, seen)
    return day


def _drawn(day: Today, at: datetime, seen: int) -> KeptDay:
    return KeptDay(day, _note(day), at, seen)
