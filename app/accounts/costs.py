"""Brakes in what is spent: seconds of a processor, by account, and by network for strangers. Pure.

A count of tries (`throttle`) is the same for what costs a millisecond and for what costs a second.
Each worker keeps a ledger of its own in memory: a search writes no row, and a new worker forgives.
A debt leaks away as time goes by; whoever owes more than the limit waits until it has.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from threading import Lock

#: Seconds of a processor that are free at once, and how many of them are forgiven a second. With
#: two workers a network of strangers can hold half a processor, and a text costs most of a second.
FREE, FORGIVEN = 20.0, 0.25
#: Debts in memory before those that have leaked away are swept out.
MANY = 4096


@dataclass(slots=True)
class Ledger:
    """What each payer owes. `clock` gives seconds that never go back."""

    clock: Callable[[], float] = time.monotonic
    _debts: dict[str, tuple[float, float]] = field(default_factory=dict)
    _sweep_at: int = MANY
    _lock: Lock = field(default_factory=Lock)

    def wait(self, payer: str) -> int:
        """Seconds until this payer may spend again; nought is at once."""
        with self._lock:
            over = self._owed(payer, self.clock()) - FREE
        return ceil(over / FORGIVEN) if over > 0 else 0

    def charge(self, payer: str, seconds: float) -> None:
        with self._lock:
            now = self.clock()
            self._debts[payer] = self._owed(payer, now) + seconds, now
            if len(self._debts) > self._sweep_at:
                self._sweep(now)

    def forget(self) -> None:
        with self._lock:
            self._debts.clear()

    def _owed(self, payer: str, now: float) -> float:
        debt, since = self._debts.get(payer, (0.0, now))
        return max(0.0, debt - (now - since) * FORGIVEN)

    def _sweep(self, now: float) -> None:
        self._debts = {one: debt for one, debt in self._debts.items() if self._owed(one, now)}
        self._sweep_at = max(MANY, 2 * len(self._debts))

    @contextmanager
    def measured(self, payer: str) -> Iterator[None]:
        """Charge what this thread spends inside, whatever becomes of it."""
        begun = time.thread_time()
        try:
            yield
        finally:
            self.charge(payer, time.thread_time() - begun)
