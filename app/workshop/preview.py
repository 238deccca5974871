"""The bank as it will look, for those who write it: drafts too, reread whenever a file changes.

Serves this machine alone, upon an empty database of its own. While the content is broken every
page is the list of what is wrong with it; the last sound bank stays one tap away.
"""

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from threading import Lock

import sqlalchemy as sa
from flask import Flask, Response, redirect, render_template_string, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from app.catalog.cases import Scenario
from app.catalog.model import Catalog
from app.catalog.web import keep
from app.config import sqlite_module
from app.core import clock
from app.core.db import db, tune_sqlite
from app.core.web import ASSETS
from app.reading import tree
from app.reading.build import build
from app.reading.checker import check
from app.reading.loader import errors_in
from app.reading.mistakes import Mistake
from app.reading.web import areas_of

#: Nobody else may look at drafts.
HOST = "127.0.0.1"
OVERVIEW, LAST_SOUND = "/pratinjau", "/pratinjau/isi-terakhir"
#: Letters of a wrong line that the list of mistakes shows.
GLIMPSE = 120

Stamp = tuple[tuple[str, int, int], ...]


class Bank:
    """What a folder holds now: the last sound catalog, and what is wrong since."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.catalog: Catalog | None = None
        self.mistakes: tuple[Mistake, ...] = ()
        self.is_sound = False
        #: The editor has seen the mistakes and looks at the last sound catalog meanwhile.
        self.is_patient = False
        self._stamp: Stamp | None = None
        self._lock = Lock()

    def reread(self, app: Flask) -> None:
        """Take the folder as it is now, if it is not as it was."""
        with self._lock:
            stamp = stamp_of(self.root)
            if stamp == self._stamp:
                return
            self.is_patient = False
            found = tree.read(self.root, areas_of(app))
            self.mistakes = check(found, clock.today())
            self.is_sound = not self.errors
            if self.is_sound:
                self.catalog = replace(build(found), shows_drafts=True)
                keep(app, self.catalog)
                app.extensions["kept"].clear()
            self._stamp = stamp

    @property
    def errors(self) -> tuple[Mistake, ...]:
        return errors_in(self.mistakes)

    @property
    def drafts(self) -> list[Scenario]:
        cases = self.catalog.on_show if self.catalog else ()
        return [case for case in cases if not case.is_published]

    def by_file(self) -> list[tuple[str, list[tuple[Mistake, str]]]]:
        """Mistakes with the text of their lines, file by file."""
        return [
            (_within(path, self.root), [(one, _line(one)) for one in found])
            for path, found in groupby(self.mistakes, lambda one: one.path)
        ]


def stamp_of(root: Path) -> Stamp:
    """Changes when any file below `root` does. Files that vanish meanwhile count as changed."""
    found = []
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            try:
                state = os.stat(path)
            except OSError:
                continue
            found.append((path, state.st_mtime_ns, state.st_size))
    return tuple(sorted(found))


def install(app: Flask, root: Path) -> None:
    """Turn an application into the preview of `root`, for as long as it lives."""
    bank = Bank(root)
    app.before_request(lambda: _instead(app, bank))
    app.after_request(lambda response: _marked(response, bank))


def _instead(app: Flask, bank: Bank) -> ResponseReturnValue | None:
    """A page in place of the one that was asked for, or None."""
    if request.endpoint in ASSETS:
        return None
    bank.reread(app)
    if request.path == LAST_SOUND and bank.catalog is not None:
        bank.is_patient = True
        return redirect(url_for("asking.ask"), code=303)
    if request.path == OVERVIEW or not (bank.is_sound or bank.is_patient):
        return render_template_string(_OVERVIEW, bank=bank, last_sound=LAST_SOUND)
    return None


def _marked(response: Response, bank: Bank) -> Response:
    """Every page says that it is no page of the real Rambu."""
    if response.mimetype == "text/html" and not response.direct_passthrough:
        banner = render_template_string(_BANNER, bank=bank, overview=OVERVIEW)
        page = response.get_data(as_text=True)
        response.set_data(page.replace("<main", f"{banner}<main", 1))
    return response


def _within(path: str, root: Path) -> str:
    return Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else path


def _line(mistake: Mistake) -> str:
    try:
        lines = Path(mistake.path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    return "".join(lines[mistake.line - 1 : mistake.line]).strip()[:GLIMPSE]


@contextmanager
def empty_database() -> Iterator[None]:
    """Every table and no row, in place of the application's own database."""
    with tempfile.TemporaryDirectory(prefix="rambu-pratinjau-") as folder:
        engines = db.engines
        assert isinstance(engines, dict), "Flask-SQLAlchemy keeps them so"
        own = engines[None]
        engine = sa.create_engine(
            f"sqlite:///{folder}/rambu.db",
            module=sqlite_module(),
            connect_args={"isolation_level": None, "check_same_thread": False},
        )
        tune_sqlite(engine)
        db.metadata.create_all(engine)
        engines[None] = engine
        try:
            yield
        finally:
            engines[None] = own
            engine.dispose()


@contextmanager
def server(app: Flask, port: int) -> Iterator[BaseWSGIServer]:
    """Listens to this machine. Raises OSError when the port is taken; 0 takes any that is free."""
    with socket.create_server((HOST, port)) as listener:
        made = make_server(
            HOST,
            listener.getsockname()[1],
            app,
            threaded=True,
            request_handler=_Silent,
            fd=listener.fileno(),
        )
        try:
            yield made
        finally:
            made.server_close()


class _Silent(WSGIRequestHandler):
    """What an editor asks for is written nowhere."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


_BANNER = """\
<div class="notice notice--{{ "warning" if bank.is_sound else "danger" }}" role="status">
  <div class="notice__body"><p><strong>Pratinjau penyunting.</strong>
  {% if bank.is_sound %}Draf ikut tampil; tidak seorang pun selain mesin ini melihatnya.
  {% elif bank.is_patient %}Isi sedang rusak: yang tampil ialah isi utuh terakhir.
  {% else %}Isi sedang rusak.{% endif %}
  <a href="{{ overview }}">Keadaan isi: {{ bank.errors | length }} kesalahan,
  {{ (bank.mistakes | length) - (bank.errors | length) }} peringatan,
  {{ bank.drafts | length }} draf</a></p></div>
</div>
"""

_OVERVIEW = """\
{% extends "base.html" %}
{% block title %}Keadaan isi{% endblock %}
{% block main %}
{% if bank.is_sound %}<h1>Isi utuh</h1>
<p>{{ bank.catalog.counts }}.</p>
{% else %}<h1>Isi belum dapat ditampilkan</h1>
<p class="lead">Ada {{ bank.errors | length }} kesalahan. Perbaiki berkasnya, simpan, lalu muat
ulang halaman ini.</p>
{% if bank.catalog %}<p><a class="button" href="{{ last_sound }}">Lihat isi utuh terakhir</a></p>
{% endif %}{% endif %}
{% for path, found in bank.by_file() %}
<section class="card"><h2 class="card__title">{{ path }}</h2>
<ul>{% for one, text in found %}
<li><strong>Baris {{ one.line }}{% if one.severity == "warning" %} (peringatan){% endif %}:</strong>
{{ one.message }}{% if text %}<br><code>{{ text }}</code>{% endif %}</li>{% endfor %}</ul></section>
{% endfor %}
{% if bank.drafts %}<h2>Draf</h2>
<ul>{% for case in bank.drafts %}
<li>
<a href="{{ url_for('asking.case', id=case.id) }}">{{ case.question }}</a></li>{% endfor %}</ul>
{% endif %}
{% endblock %}
"""
