"""Where the running application keeps its catalog."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app

from app.catalog.model import Catalog

T = TypeVar("T")


class BrokenContent(SystemExit):
    """Content that Rambu refuses to start with. Names every file and line."""


def keep(app: Flask, catalog: Catalog | Callable[[], Catalog]) -> None:
    """Let an application teach from `catalog`, or from what it gives when first asked."""
    app.extensions["catalog"] = catalog


def current() -> Catalog:
    """The catalog of the running application. Raises BrokenContent where there is none."""
    catalog: Catalog | Callable[[], Catalog] = current_app.extensions["catalog"]
    if not isinstance(catalog, Catalog):
        catalog = catalog()
        keep(current_app, catalog)
    return catalog


def made_once(name: str, make: Callable[[Catalog], T]) -> T:
    """What a room makes of the catalog, when it is first asked for, and of each new one again."""
    bank, shelf = current(), current_app.extensions
    if name not in shelf or shelf[name][0] is not bank:
        shelf[name] = bank, make(bank)
    made: T = shelf[name][1]
    return made
