"""Pieces of pages that are the same for everybody, rendered once a process.

A piece is made without the context processors of a page, so nothing of the person who happens to
ask first is at hand; its key holds everything that it was made from. Keys come from the content,
so there are only so many. The one thing in it that differs, the CSRF token, is filled in last.
"""

from collections.abc import Hashable

from flask import Flask, current_app, g
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

#: Every piece in the parts between which a token stands.
Shelf = dict[tuple[str, tuple[Hashable, ...]], list[Markup]]
#: Stands for the token in what is kept. No text of ours has it, and escaping leaves it alone.
TOKEN = "{kept:csrf-token}"  # noqa: S105


def install(app: Flask) -> None:
    """Give an application an empty shelf."""
    app.extensions["kept"] = {}
    app.add_template_global(kept)


def kept(template: str, *key: Hashable, **context: object) -> Markup:
    """The piece that `template` makes of `context`; `key` must tell apart whatever differs."""
    shelf: Shelf = current_app.extensions["kept"]
    parts = shelf.get((template, key))
    if parts is None:
        made = current_app.jinja_env.get_template(template)
        drawn = made.render(csrf_token=lambda: TOKEN, **context)
        parts = [Markup(part) for part in drawn.split(TOKEN)]  # noqa: S704
        if not current_app.debug:  # who writes templates wants to see them change
            shelf[template, key] = parts
    return parts[0] if len(parts) == 1 else Markup(token()).join(parts)  # noqa: S704


def token() -> str:
    """The token of this request. Flask-WTF keeps it, but reads its settings whenever asked."""
    token: str = g.get("csrf_token") or generate_csrf()
    return token
