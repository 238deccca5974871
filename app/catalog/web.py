"""Where the application keeps its catalog."""

from pathlib import Path

from flask import Flask, current_app

from app.catalog.loader import load
from app.catalog.mistakes import ContentErrors
from app.catalog.model import Catalog


class BrokenContent(SystemExit):
    """Content that Rambu refuses to start with. Names every file and line."""


def install(app: Flask, path: Path | str) -> None:
    """Read the content once, at boot. Raises BrokenContent."""
    try:
        app.extensions["catalog"] = load(path)
    except ContentErrors as errors:
        raise BrokenContent(str(errors)) from None


def current() -> Catalog:
    """The catalog of the running application."""
    return current_app.extensions["catalog"]
