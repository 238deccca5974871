"""Where the running application keeps its catalog."""

from collections.abc import Callable

from flask import Flask, current_app

from app.catalog.model import Catalog


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
