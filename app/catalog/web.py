"""Where the application keeps its catalog, and what every page may ask of it."""

from pathlib import Path

from flask import Flask, current_app, g
from flask_login import current_user

from app.agencies import queries as agencies
from app.catalog.loader import load
from app.catalog.mistakes import ContentErrors
from app.catalog.model import Catalog
from app.catalog.search import Finder
from app.catalog.today import Today


class BrokenContent(SystemExit):
    """Content that Rambu refuses to start with. Names every file and line."""


def install(app: Flask, path: Path | str) -> None:
    """Read the content once, at boot. Raises BrokenContent."""
    try:
        keep(app, load(path))
    except ContentErrors as errors:
        raise BrokenContent(str(errors)) from None
    app.add_template_global(today, "today")


def keep(app: Flask, catalog: Catalog) -> None:
    """Let an application teach from `catalog`."""
    app.extensions["catalog"] = catalog
    app.extensions.pop("finder", None)


def current() -> Catalog:
    """The catalog of the running application."""
    return current_app.extensions["catalog"]


def finder() -> Finder:
    """The search over the bank, built when it is first needed: most commands never ask."""
    kept = current_app.extensions
    if "finder" not in kept:
        kept["finder"] = Finder(current().on_show, current().lexicon)
    return kept["finder"]


def today() -> Today:
    """The elections of the reader's agency; of the only agency for a visitor."""
    if "today" not in g:
        known = current_user.is_authenticated
        g.today = Today(
            agencies.elections_for(current_user.reader) if known else agencies.elections_here()
        )
    return g.today
