"""What can be done: a deed a kind. Rooms above make them, and create_app hands them over."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.core.db import Json


class Work(Protocol):
    """A job in the hands of its worker."""

    subject: str
    #: Who asked; None for the house itself.
    asked_by_id: int | None

    def advance(self, done: int, total: int | None = None) -> None:
        """Say how far it is, and keep what is done so far. Stops here if nobody wants it."""

    def keep(self, name: str, mime: str, content: bytes) -> None:
        """Keep a file for whoever asked, for a day. Begins to write, and flushes."""


@dataclass(frozen=True)
class Deed:
    """`run` does it and flushes; what it gives is kept for whoever asked. It begins as a reader
    (`core.db.start_writing`), may be repeated at any time, and must then do nothing twice."""

    kind: str
    #: What people call it, with a small letter.
    label: str
    run: Callable[[Work], Json | None]
    #: What a worker loads when it starts, so that nobody waits for it.
    warm_up: Callable[[], None] | None = None
    #: Asked for by the house itself, once a day; its subject is the day.
    is_daily: bool = False
