"""What every page may ask: the search over the bank, and the elections of today."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from flask import Flask, current_app, g
from markupsafe import Markup

from app.accounts.access import reader_or_none
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


class Shown(NamedTuple):
    """The elections of today for people at one place, and which stage it is, drawn."""

    today: Today
    note: Markup


@dataclass(frozen=True, slots=True)
class KeptDay:
    """The elections of one agency, as they were at a moment and after so many changes."""

    today: Today
    at: datetime
    changes: int
    #: What people see of it, by where they work; None is a visitor.
    _shown: dict[str | None, Shown] = field(default_factory=dict)

    def still_holds(self) -> bool:
        return self.changes == changes.seen() and abs(clock.now() - self.at) < KEPT_FOR

    def at_place(self, workplace: str | None) -> Shown:
        """A village's own election is told only to people there."""
        if workplace not in self._shown:
            here = self.today.for_people_at(workplace)
            self._shown[workplace] = Shown(here, kept("components/_today.html", here, now=here))
        return self._shown[workplace]


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
    """The elections of the reader's agency; of the only agency for a visitor."""
    return _shown().today


def stage_note() -> Markup:
    """Which stage it is today, for any page on which a verdict depends on it."""
    return _shown().note


def _shown() -> Shown:
    if "today" not in g:
        reader = reader_or_none()
        day = _kept_day(reader.agency.id if reader else None)
        g.today = day.at_place(reader.workplace if reader else None)
    shown: Shown = g.today
    return shown


def _kept_day(agency_id: int | None) -> KeptDay:
    days: dict[int | None, KeptDay] = current_app.extensions["elections_today"]
    day = days.get(agency_id)
    if day is None or not day.still_holds():
        at, seen = clock.now(), changes.seen()
        running = (
            elections.elections_here() if agency_id is None else elections.elections_of(agency_id)
        )
        day = days[agency_id] = KeptDay(Today(running), at, seen)
    return day
