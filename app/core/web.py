"""Plumbing of every request: headers, error pages, assets, and which requests only read."""

import hashlib
import re
import secrets
import time
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
)
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response as BaseResponse

from app.core import dates, kept, packing, styles
from app.core import db as database
from app.core.bodies import FORM, LIMITS, REFUSED
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.hosts import Hosts
from app.core.texts import whatsapp_link

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
        "manifest-src 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ONE_YEAR = 31_536_000
#: Endpoints that serve files which never change under one URL.
ASSETS = ("static", "stylesheet")
#: Methods that never change anything: SQLite need not take its write lock for them.
SAFE = ("GET", "HEAD", "OPTIONS")
#: Ids have 32 bits in the database. A larger number names nothing, and must not get that far.
LARGEST_ID = 2**31 - 1
#: As a proxy writes it: nginx has 32 hexadecimal digits.
_REQUEST_ID = re.compile(r"[0-9a-f]{8,64}")
#: A page (or, for our JavaScript, one sentence) and its status.
ErrorPage = tuple[str | dict[str, str], int]
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
#: Error pages that have a template of their own.
ERROR_PAGES = frozenset({400, 403, 404, 405, 408, 413, 429, 500, 503})


#: Seconds after which a page that is not available may be asked for again, as its text advises.
PATIENCE = 60
#: What our JavaScript shows where a page would say it at length.
SENTENCES = {
    400: "Permintaan rusak di perjalanan. Tidak ada yang berubah. Muat ulang, lalu coba lagi.",
    408: "Kiriman Anda terlalu lama di perjalanan. Tidak ada yang berubah. Coba sekali lagi.",
    413: "Kiriman Anda terlalu besar. Tidak ada yang berubah.",
}


class Application(Flask):
    """A Flask whose views, hooks and context processors are none of them async. Flask looks at
    each of them on each page to find that out."""

    def log_exception(self, exc_info: Any) -> None:
        """Not Flask's own words, which quote the address: a code may stand in it."""
        rule = request.url_rule.rule if request.url_rule else "-"
        self.logger.error("fault in %s at %s", g.get("request_id"), rule, exc_info=exc_info)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


class Json(DefaultJSONProvider):
    """Every text that is no JSON for us is a ValueError, which Flask answers with 400."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("JSON that is nested too deep") from error


class Id(IntegerConverter):
    """`<int:…>` in an address, no larger than an id can be: beyond it there is no page."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ID)


def install(app: Flask, *, public_url: str, is_local: bool, proxies: int) -> None:
    """Set up headers, error pages and assets on an application."""
    if proxies:
        wrapped = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)
        app.wsgi_app = wrapped  # type: ignore[method-assign]  # how Flask wants to be wrapped
    app.config.from_mapping(MAX_CONTENT_LENGTH=FORM, MAX_FORM_MEMORY_SIZE=FORM)
    app.extensions |= {"has_proxy": bool(proxies), "observers": []}
    app.json = Json(app)
    app.url_map.converters["int"] = Id
    app.before_request(_begin)
    check_hosts(app, public_url)
    app.after_request(lambda response: _finish(response, is_local=is_local))
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(PoolTimeout, _database_error)
    app.register_error_handler(500, _fault)
    address = partial(_addressed, app.static_url_path, app.static_folder)
    icon = partial(drawn, address("icons.svg"))
    app.add_template_global(address, "asset")
    app.add_template_global(icon, "drawn")
    # Of a constant, Jinja works out a filter once: when it compiles the template.
    app.jinja_env.filters |= {"asset": address, "drawn": icon, "url_of": partial(_lasting, app)}
    styles.install(app)
    packing.install(app)
    kept.install(app)
    app.jinja_env.filters |= {
        "long_date": dates.long_date,
        "day_and_date": dates.day_and_date,
        "local_date": dates.local_date,
        "local_time": dates.local_time,
        "clock_time": dates.clock_time,
        "hours": dates.hours,
        "span": dates.span,
        "whatsapp": whatsapp_link,
        "number": dates.thousands,
        "percent": dates.two_decimals,
    }


def headers_of_every_page(*, is_local: bool) -> list[tuple[str, str]]:
    """What every answer says, unless it says something of its own."""
    transport = ("Strict-Transport-Security", f"max-age={ONE_YEAR}; includeSubDomains")
    return [*HEADERS.items()] if is_local else [*HEADERS.items(), transport]


def attachment(content: str | bytes, mime: str, name: str) -> Response:
    """A file that browsers keep under this name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=mime, headers=headers)


def for_probes(view: View) -> View:
    """Declare a view that may also be asked on the machine itself, by the name of that machine."""
    vars(view)["for_probes"] = True
    return view


def _is_for_probes(endpoint: str | None) -> bool:
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "for_probes", False)


def check_hosts(app: Flask, public_url: str) -> None:
    """Refuse, before anything else, whatever calls us by a name that is not ours."""
    hosts = Hosts(public_url)
    sentence = f"Permintaan ini memakai nama situs yang bukan milik Rambu; bukalah {public_url}.\n"

    @app.before_request
    def check() -> Response | None:
        host = request.environ.get("HTTP_HOST")
        if hosts.is_ours(host) or (hosts.is_loopback(host) and _is_for_probes(request.endpoint)):
            return None
        return Response(sentence, 421, mimetype="text/plain")


def _begin() -> None:
    g.began = time.perf_counter()
    g.request_id = _request_id()
    database._reading.set(request.method in SAFE)
    if limit := LIMITS.get(request.path):
        request.max_content_length = request.max_form_memory_size = limit
    if refused := request.environ.get(REFUSED):
        abort(refused)  # its body was not read: too large, too slow, or without a length


def _request_id() -> str:
    """What a proxy of ours has called it begins the same, so that both logs tell of one request."""
    named = request.headers.get("X-Request-ID", "") if current_app.extensions["has_proxy"] else ""
    return named[:8] if _REQUEST_ID.fullmatch(named) else secrets.token_hex(4)


def _finish(response: Response, *, is_local: bool) -> Response:
    if response.status_code == 503:
        response.headers.setdefault("Retry-After", str(PATIENCE))
    own = {name for name, _ in response.headers}
    for name, value in headers_of_every_page(is_local=is_local):
        if name not in own:  # one look at a list, where setdefault would take five
            response.headers.add(name, value)
    if request.endpoint in ASSETS:
        session.accessed = False  # the same for everybody: no "Vary: Cookie" on an asset
        if "v" in request.args:
            response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    for observe in current_app.extensions["observers"]:
        observe(response)
    return response


def _lasting(app: Flask, endpoint: str, **values: str) -> str:
    """Where a page always is, whoever asks: `url_for` without a request."""
    return app.url_map.bind("").build(endpoint, values)


@lru_cache(maxsize=256)
def _addressed(url: str, folder: str, path: str) -> str:
    """URL of a static file that changes when its content does, so that it may be kept a year.

    Worked out once a file: eight of them stand on every page.
    """
    digest = hashlib.sha256((Path(folder) / path).read_bytes()).hexdigest()[:12]
    return f"{url}/{quote(path)}?v={digest}"


@lru_cache(maxsize=256)
def drawn(file: str, name: str, css: str = "") -> Markup:
    """An icon out of icons.svg. A dozen stand on a page, the same ones on every page."""
    return Markup(
        '<svg class="icon {}" aria-hidden="true" focusable="false" width="20" height="20">'
        '<use href="{}#{}"/></svg>'
    ).format(css, file, name)


def asked_number(name: str) -> int | None:
    """A number that an address or a form carries (`?unit=17`); None for what is no number.

    Raises NotFound for one that is too large to be an id of anything.
    """
    number = request.values.get(name, type=int)
    if number is not None and abs(number) > LARGEST_ID:
        raise NotFound
    return number


def sent_number(name: str) -> int | None:
    """A number that a form sends; None for what is none, or is too large to be an id."""
    number = request.form.get(name, type=int)
    return number if number is not None and abs(number) <= LARGEST_ID else None


def done(sentence: str, url: str) -> BaseResponse:
    """Commit, say it, and go on."""
    db.session.commit()
    flash(sentence, "success")
    return redirect(url, code=303)


def back_with(error: DomainError, url: str) -> BaseResponse:
    """Undo, say the sentence, and go to a page where one can go on."""
    db.session.rollback()
    flash(error.message, "danger")
    return redirect(url, code=303)


def wants_json() -> bool:
    """Whether our own JavaScript asked (it sends Accept: application/json)."""
    return request.accept_mimetypes.best == "application/json"


def error_page(status: int, message: str | None = None) -> ErrorPage:
    """An error as a page for people, or as one sentence for our JavaScript."""
    if wants_json():
        said = message or SENTENCES.get(status, "Permintaan tidak dapat diproses.")
        return {"error": said}, status
    page = status if status in ERROR_PAGES else (500 if status >= 500 else 400)
    return render_template(f"errors/{page}.html", message=message, request_id=g.request_id), status


def _domain_error(error: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    page, status = error_page(error.status, error.message)
    if error.seconds is None:
        return page, status
    return page, status, {"Retry-After": str(error.seconds)}


def _csrf_error(error: CSRFError) -> ErrorPage:
    return error_page(403)


def _http_error(error: HTTPException) -> HTTPException | ErrorPage:
    if error.code is not None and error.code < 400:
        return error
    db.session.rollback()
    return error_page(error.code or 500)


def _database_error(error: OperationalError | PoolTimeout) -> ErrorPage:
    # Never the statement: its parameters are people's data.
    reason = error.orig if isinstance(error, OperationalError) else error
    current_app.logger.error("database unavailable in %s: %s", g.request_id, reason)
    db.session.rollback()
    return error_page(503)


def _fault(error: Exception) -> ErrorPage:
    db.session.rollback()
    return error_page(500)
