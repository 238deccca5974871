"""Pages that a room may send people to without knowing which room draws them.

`learning` and `quizzes` stand below `courses`, whose page people come back to. They name the place;
create_app says which page that is. So no room names a page above it.
"""

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app, url_for


def install(app: Flask, pages: Mapping[str, str]) -> None:
    """Tell an application the endpoint of every place. Templates may ask, too."""
    app.extensions["places"] = pages
    app.add_template_global(place_url)


def place_url(place: str, **values: Any) -> str:
    """The address of a place. KeyError for one that create_app does not know."""
    return url_for(current_app.extensions["places"][place], **values)


def place_path(place: str) -> str:
    """The same without a request, for what is sent and not shown: a path."""
    endpoint: str = current_app.extensions["places"][place]
    return current_app.url_map.bind("").build(endpoint)
