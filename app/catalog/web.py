"""Where the application keeps its catalog, and what every page may ask of it."""

import os
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
    """Read the content once, at boot. Raises BrokenContent.

    On the command line it is raised only by what needs the content: `content check`, `new` and
    `preview` are there to mend it.
    """
    app.add_template_global(today, "today")
    try:
        keep(app, load(path))
    except ContentErrors as errors:
        broken = BrokenContent(str(errors))
        if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
            raise broken from None
        app.extensions["catalog"] = broken


def keep(app: Flask, catalog: Catalog) -> None:
    """Let an application teach from `catalog`."""
    app.extensions["catalog"] = catalog
    app.extensions.pop("finder", None)


def current() -> Catalog:
    """The catalog of the running application. Raises BrokenContent where there is none."""
    catalog = current_app.extensions["catalog"]
    if isinstance(catalog, BrokenContent):
        raise catalog
    return catalog


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
