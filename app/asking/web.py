"""What every page may ask: the search over the bank, and the elections of today."""

from flask import Flask, current_app, g

from app.accounts.access import reader_or_none
from app.asking.search import Finder
from app.asking.today import Today
from app.catalog.web import current
from app.elections import queries as elections


def install(app: Flask) -> None:
    """Let templates say which elections are on."""
    app.add_template_global(today, "today")


def finder() -> Finder:
    """The search over the bank, built when it is first needed: most commands never ask."""
    bank, kept = current(), current_app.extensions
    if "finder" not in kept or kept["finder"][0] is not bank:
        kept["finder"] = bank, Finder(bank.on_show, bank.lexicon)
    finder: Finder = kept["finder"][1]
    return finder


def today() -> Today:
    """The elections of the reader's agency; of the only agency for a visitor."""
    if "today" not in g:
        reader = reader_or_none()
        g.today = Today(elections.elections_for(reader) if reader else elections.elections_here())
    shown: Today = g.today
    return shown
