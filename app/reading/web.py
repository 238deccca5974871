"""Content is read when an application is made."""

import os
from pathlib import Path

from flask import Flask, current_app

from app.catalog.web import BrokenContent, keep
from app.reading.loader import Report, load, report
from app.reading.mistakes import ContentErrors


def install(app: Flask, path: Path | str) -> None:
    """Read the content once, at boot. Raises BrokenContent.

    On the command line it is raised only by what needs the content: `content check`, `new` and
    `preview` are there to mend it.
    """
    try:
        keep(app, load(path, areas_of(app)))
    except ContentErrors as errors:
        broken = BrokenContent(str(errors))
        if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
            raise broken from None
        keep(app, broken)


def report_here(path: Path | str) -> Report:
    """Every error and warning of the content at `path`, as the running application sees it."""
    return report(path, areas=areas_of(current_app))


def areas_of(app: Flask) -> frozenset[str]:
    """The first parts of all addresses: where a link of ours may lead."""
    return frozenset(rule.rule.split("/")[1] for rule in app.url_map.iter_rules())
