"""Requests that are answered together: those that wait at the same moment share one transaction.

A room says which requests are of that kind and how many of them are answered; the server gathers
them (`core.front`). Without a server, in a test, one is answered as many are. Pure.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

#: Requests answered at once at most: a transaction of some milliseconds.
MOST = 400
#: Requests that may wait in a worker. Who comes then is told to come again.
QUEUE = 4_000


class Message(NamedTuple):
    """A request that was read whole. Names of headers are in small letters."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class Answer(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    content: bytes


class Together(Protocol):
    """Answers requests of one kind; never asked by two threads of a worker at once."""

    def takes(self, method: str, path: str) -> bool:
        """Whether a request is of that kind."""

    def answer(self, messages: Sequence[Message]) -> Sequence[Answer]:
        """One answer for each, in their order. Raises nothing."""

    def refused(self) -> Answer:
        """What is said where too many wait."""
