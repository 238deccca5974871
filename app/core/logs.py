"""What the server writes down of itself: one JSON object a line, and of people nothing.

A request is named by its kind of page (`/verifikasi/<code>`), never by its address: addresses hold
questions, codes of documents and numbers of people. Networks, browsers and referrers are not
written either, and of an exception its kind and its place alone: its text may quote a person.
"""

import json
import logging
import time
import traceback
from datetime import UTC, datetime
from typing import Any

from flask import Response, g, has_request_context, request

#: Where a request went that we have no page for.
NOWHERE = "-"
_access = logging.getLogger("rambu.access")


class JsonLines(logging.Formatter):
    """One object a line, whoever wrote it; a line break in a text cannot begin another."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            said["request"] = g.get("request_id")
        said |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
            said["trace"] = _places(record.exc_info[2])
        return json.dumps(said, ensure_ascii=False, default=str)


#: For granian's own loggers, and for all others.
GRANIAN = {"formatters": {name: {"()": JsonLines} for name in ("generic", "access")}}


def write_json() -> None:
    """From now on, in this process and those that it forks."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    _access.setLevel(logging.INFO)


def place() -> str:
    """The kind of page that was asked for."""
    return request.url_rule.rule if request.url_rule else NOWHERE


def note_access(response: Response) -> None:
    """One line a request."""
    facts = {
        "method": request.method if request.url_rule else NOWHERE,
        "place": place(),
        "status": response.status_code,
        "bytes": response.content_length,
        "ms": round((time.perf_counter() - g.began) * 1000, 1),
    }
    _access.info("answered", extra={"facts": facts})


def _places(trace: Any) -> list[str]:
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
