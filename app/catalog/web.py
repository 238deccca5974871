"""Where the running application keeps its catalog."""

from flask import Flask, current_app

from app.catalog.model import Catalog


class BrokenContent(SystemExit):
    """Content that Rambu refuses to start with. Names every file and line."""


def keep(app: Flask, catalog: Catalog | BrokenContent) -> None:
    """Let an application teach from `catalog`, or refuse to teach."""
    app.extensions["catalog"] = catalog


def current() -> Catalog:
    """The catalog of the running application. Raises BrokenContent where there is none."""
    catalog: Catalog | BrokenContent = current_app.extensions["catalog"]
    if isinstance(catalog, BrokenContent):
        raise catalog
    return catalog
