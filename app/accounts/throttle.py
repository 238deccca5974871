"""Brakes on guessing. They slow, they never lock, and they work when many try at once.

A key is a limit's name plus what it counts on, hashed with the secret key: the table tells nobody
which numbers were tried. An attempt is counted *before* it is judged, in a transaction of its own,
so that thirty-two guesses at once are thirty-two guesses and a rolled-back request still counts;
who turns out to be right is forgiven afterwards. When the table cannot be written, nobody passes.

    throttle.spend((throttle.SIGN_IN, number, network), (throttle.NETWORK, network))
    ...
    throttle.forgive((throttle.SIGN_IN, number, network), (throttle.NETWORK, network))
"""

import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.accounts.costs import Ledger
from app.accounts.models import Brake
from app.accounts.settings import current as settings
from app.accounts.settings import keyed_digest
from app.core import clock
from app.core import db as database
from app.core.db import db, upsert
from app.core.errors import DomainError


@dataclass(frozen=True)
class Limit:
    """How many attempts are free, how slowly they are forgotten, how long a wait may become."""

    name: str
    #: Attempts before the first wait.
    free: int
    #: Seconds after which one attempt is forgotten.
    forget: int
    #: Longest wait, in seconds.
    longest: int

    def wait(self, attempts: int) -> int:
        """Seconds to wait after this many attempts: 2, 4, 8 … `longest`."""
        over = attempts - self.free
        return 0 if over < 0 else min(2 ** min(over + 1, 20), self.longest)


#: One number from one network: the owner at another network is not touched.
SIGN_IN = Limit("masuk", free=5, forget=600, longest=300)
#: Everybody behind one address. An office, or a carrier's NAT, shares it, so it is wide.
NETWORK = Limit("jaringan", free=150, forget=3, longest=60)
#: One number on a device where it has signed in before. Strangers cannot spend it, and neither
#: brake above is asked there.
DEVICE = Limit("perangkat", free=5, forget=600, longest=300)
#: The owner of a session who types the password once more. Only who is signed in can spend it.
PROVE = Limit("bukti", free=5, forget=600, longest=300)
#: Activation codes have 46 bits; five tries are plenty for a slip of paper.
ACTIVATE = Limit("aktivasi", free=5, forget=600, longest=300)
#: Codes tried from one network. Apart from sign-ins: a flood of those keeps no newcomer out.
ACTIVATE_NETWORK = Limit("jaringan-aktivasi", free=150, forget=3, longest=60)
#: One number asked for again at the door by who says the password is forgotten; nobody is forgiven.
FORGOTTEN = Limit("lupa", free=3, forget=3600, longest=300)
#: All numbers that one network asks for. An office shares it; a list of numbers takes days.
FORGOTTEN_NETWORK = Limit("jaringan-lupa", free=30, forget=60, longest=300)
#: Unknown document codes asked for from one network.
VERIFY = Limit("verifikasi", free=60, forget=5, longest=60)
#: Texts that one network has checked: each may cost a processor most of a second.
LINT = Limit("periksa", free=60, forget=3, longest=60)
#: Questions sent to the editors from one network.
SEND = Limit("kirim", free=10, forget=120, longest=300)
#: Answers to "Apakah ini menjawab?" from one network.
ANSWER = Limit("menjawab", free=60, forget=10, longest=300)

#: Files of one's own data: all of it is read and printed.
OWN_DATA = Limit("data-sendiri", free=6, forget=600, longest=300)
#: What this worker has done for whom.
LEDGER = Ledger()

Key = tuple[Limit, *tuple[object, ...]]
#: (id, failures, until, updated_at) of a key.
Counted = sa.Row[tuple[int, int, datetime, datetime]]

#: `until` of a key without a wait. Not "now": another server's clock may be a little behind.
NO_WAIT = datetime(2000, 1, 1, tzinfo=UTC)

#: Share of attempts after which the rows that say nothing any more are forgotten.
SWEEPS = 0.01
#: Seconds by which the clocks of two servers may differ.
CLOCKS_DIFFER = 5


class TooSoon(DomainError):
    """Wait first. `seconds` says how long."""

    status = 429

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            "Sudah terlalu banyak percobaan dari perangkat atau jaringan ini. "
            f"Tunggu {seconds} detik, lalu coba lagi. Akun tidak dikunci."
        )


class TooCostly(TooSoon):
    """The same, after much work rather than many tries."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.message = (
            "Server ini baru saja diminta bekerja banyak sekali, dari akun Anda atau dari jaringan "
            f"ini. Tidak ada yang berubah. Tunggu {seconds} detik, lalu coba lagi. Siapa yang "
            "sudah masuk ke akunnya tidak ikut menunggu orang lain di jaringannya."
        )


class BrakesUnavailable(DomainError):
    """Guessing cannot be counted just now, so nobody may try."""

    message = (
        "Layanan ini sedang tidak dapat memeriksa percobaan dengan aman, jadi ditutup sebentar. "
        "Tidak ada yang berubah. Coba lagi beberapa menit lagi."
    )
    status, seconds = 503, 180


def check_cost(payer: str) -> None:
    """Raise TooCostly while `payer` (an account, or the network of strangers) owes too much."""
    if seconds := LEDGER.wait(payer):
        raise TooCostly(seconds)


@contextmanager
def charged(payer: str) -> Iterator[None]:
    """Charge what this thread spends inside. Raises TooCostly, and then spends nothing."""
    check_cost(payer)
    with LEDGER.measured(payer):
        yield


def check(*keys: Key) -> None:
    """Raise TooSoon while a wait is running on any of the keys. Counts nothing."""
    limits = {_hashed(key): key[0] for key in keys}
    query = sa.select(Brake.key, Brake.until).where(Brake.key.in_(limits))
    with _own_transaction(writing=False) as connection:
        now, rows = clock.now(), connection.execute(query)
        _refuse_for(_left(limits[key], until, now) for key, until in rows)


def spend(*keys: Key) -> bool:
    """Count one attempt on every key, or raise TooSoon and count nothing.

    True when this attempt starts a wait (unless it is forgiven). Call it before the request's own
    transaction has written anything: it commits by itself, whatever becomes of the request.
    """
    with _own_transaction() as connection:
        # Sorted, so that two requests never hold one key each and wait for the other's.
        rows = [(key[0], _locked(connection, hashed)) for hashed, key in _sorted(keys)]
        now = clock.now()
        _refuse_for(_left(limit, row.until, now) for limit, row in rows)
        starts = [_count(connection, limit, row, now) for limit, row in rows]
        _sweep(connection, now)
    return any(starts)


def forgive(*keys: Key) -> None:
    """Take back what a right answer had spent; like `spend`, in a transaction of its own.

    The first key starts afresh. On the others, shared with strangers, all that was spent on it is
    returned: the mistakes of whoever was right in the end are no guesses. Else a thousand people of
    one office, of whom every fifth mistypes once, would keep each other out.
    """
    own = _hashed(keys[0])
    with _own_transaction() as connection:
        query = sa.select(Brake.failures).where(Brake.key == own)
        spent = connection.scalar(query) or 0
        left = sa.case((Brake.failures > spent, Brake.failures - spent), else_=0)
        for hashed, _ in _sorted(keys):
            afresh = {"failures": 0, "until": NO_WAIT} if hashed == own else {"failures": left}
            connection.execute(sa.update(Brake).where(Brake.key == hashed).values(afresh))


@contextmanager
def _own_transaction(*, writing: bool = True) -> Iterator[sa.Connection]:
    """A short transaction beside the request's. A request that only reads may still be counted."""
    token = database._reading.set(not writing)
    try:
        with db.engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise BrakesUnavailable from error
    finally:
        database._reading.reset(token)


def _locked(connection: sa.Connection, key: str) -> Counted:
    """The key's row, made if need be, and held until the transaction ends."""
    return connection.execute(
        upsert(Brake)
        .values(key=key, failures=0, until=NO_WAIT, updated_at=clock.now())
        .on_conflict_do_update(index_elements=["key"], set_={"key": key})
        .returning(Brake.id, Brake.failures, Brake.until, Brake.updated_at)
    ).one()


def _count(connection: sa.Connection, limit: Limit, row: Counted, now: datetime) -> bool:
    counted_at = min(row.updated_at, now)  # not by a clock that was ahead
    forgotten = int((now - counted_at).total_seconds() // limit.forget)
    left = max(0, row.failures - forgotten)
    since = counted_at + timedelta(seconds=forgotten * limit.forget) if left else now
    wait = limit.wait(left + 1)
    until = now + timedelta(seconds=wait) if wait else NO_WAIT
    connection.execute(
        sa.update(Brake)
        .where(Brake.id == row.id)
        .values(failures=left + 1, until=until, updated_at=since)
    )
    return wait > 0


def _sweep(connection: sa.Connection, now: datetime) -> None:
    """Now and then, forget the rows that say nothing any more."""
    if random.random() < SWEEPS:  # noqa: S311 - house-keeping, not a secret
        connection.execute(sa.delete(Brake).where(is_stale(now)))


def is_stale(now: datetime) -> sa.ColumnElement[bool]:
    """Whether a row says nothing any more: it is old, or of a clock that was ahead."""
    kept = settings().brakes_kept
    return sa.or_(Brake.updated_at < now - kept, Brake.updated_at > now + kept)


def _left(limit: Limit, until: datetime, now: datetime) -> float:
    """Seconds of a wait that are left. One that is longer than any can be was set by a clock that
    was ahead, or is looked at by one that has gone back: it counts no more."""
    left = (until - now).total_seconds()
    return min(left, limit.longest) if 0 < left <= limit.longest + CLOCKS_DIFFER else 0


def _refuse_for(waits: Iterable[float]) -> None:
    if (longest := max(waits, default=0)) > 0:
        raise TooSoon(ceil(longest))


def _hashed(key: Key) -> str:
    limit, *parts = key
    return keyed_digest(f"brake:{limit.name}", *parts).hex()


def _sorted(keys: tuple[Key, ...]) -> list[tuple[str, Key]]:
    return sorted(((_hashed(key), key) for key in keys), key=lambda pair: pair[0])
