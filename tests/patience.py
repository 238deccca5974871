"""A guard against work that would never end. It measures nothing: speed is for tests/benchmarks."""

import signal
from contextlib import contextmanager


class NeverEnds(AssertionError):
    """Something took so many times longer than it should that it will not end in a lifetime."""


@contextmanager
def at_most(cpu_seconds: int):
    """Stop what is inside, a regular expression too, once it has used so much of a processor.

    Other programs on the machine do not count, so be generous: ten times what a slow one needs.
    """

    def give_up(*_):
        raise NeverEnds(f"after {cpu_seconds} seconds of work there was no end in sight")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
