"""What the program is busy with, said to somebody who waits at a terminal; to nobody otherwise."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_listener: ContextVar[Callable[[str], object] | None] = ContextVar("listener", default=None)


def tell(stage: str) -> None:
    """Say what begins now: `Memeriksa isi (372 kasus) …`."""
    if listener := _listener.get():
        listener(stage)


@contextmanager
def told_to(listener: Callable[[str], object]) -> Iterator[None]:
    """Every stage that begins inside is said to `listener`."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
