"""Content is read when an application is made, out of the compiled bank where that still holds."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from flask import Flask, current_app

from app.catalog.model import Catalog
from app.catalog.web import BrokenContent, current, keep
from app.core import clock
from app.reading.bank import FOLDER, Bank
from app.reading.fingerprints import of_bank
from app.reading.mistakes import ContentErrors

if TYPE_CHECKING:
    from app.reading.loader import Report

Part = TypeVar("Part")


def install(app: Flask, path: Path | str) -> None:
    """Read the content once, at boot. Raises BrokenContent.

    On the command line it is read, and refused, only by what needs the content: `content check`,
    `new` and `preview` are there to mend it.
    """
    read = partial(_read, app, Path(path))
    keep(app, read if os.environ.get("FLASK_RUN_FROM_CLI") == "true" else read())


def part(name: str, make: Callable[[], Part]) -> Part:
    """What a room makes of the catalog, kept on disk beside it; only made in an editor's preview,
    whose catalog is no compiled one."""
    bank, compiled = current_app.extensions.get("bank", (None, None))
    return bank.part(name, make) if bank and compiled is current() else make()


def report_here(path: Path | str) -> "Report":
    """Every error and warning of the content at `path`, as the running application sees it."""
    from app.reading.loader import report  # YAML and Markdown: most starts need neither

    return report(path, areas=areas_of(current_app))


def areas_of(app: Flask) -> frozenset[str]:
    """The first parts of all addresses: where a link of ours may lead."""
    return frozenset(rule.rule.split("/")[1] for rule in app.url_map.iter_rules())


def _read(app: Flask, path: Path) -> Catalog:
    areas = areas_of(app)
    bank = Bank(
        Path(app.instance_path) / FOLDER,
        app.config["SECRET_KEY"],
        lambda: of_bank(path, clock.today(), areas),
    )
    try:
        catalog = bank.part("catalog", lambda: _loaded(path, areas))
    except ContentErrors as errors:
        raise BrokenContent(str(errors)) from None
    app.extensions["bank"] = bank, catalog
    return catalog


def _loaded(path: Path, areas: frozenset[str]) -> Catalog:
    from app.reading.loader import load  # YAML and Markdown: a warm start needs neither

    return load(path, areas)
