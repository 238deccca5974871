"""What coverage need not see: it costs as much again as what it watches."""

import sys
from contextlib import contextmanager


@contextmanager
def unmeasured():
    """Coverage looks away meanwhile, where it runs at all."""
    measured = sys.modules["coverage"].Coverage.current() if "coverage" in sys.modules else None
    if measured is None:
        yield
        return
    measured.stop()
    try:
        yield
    finally:
        measured.start()
