"""Who was refused, counted: one entry a network and quarter of an hour, however many came.

Every entry queues on the head of the chain, so a flood must not become entries, nor even writes. A
refusal is counted in memory; each process writes what it has counted every few seconds (`flush`);
and a quarter of an hour that is over becomes entries (`close`). A process that is killed takes a
few seconds of counting with it: numbers may be too small, never too large.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from threading import Lock

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.audit import trail
from app.audit.actions import Action
from app.audit.models import Refusal
from app.core import clock
from app.core.db import db, upsert

QUARTER = timedelta(minutes=15)
#: Processes have this long to write what they counted in a quarter that is over.
GRACE = timedelta(seconds=30)
#: Networks and accounts that are told apart between two writes, and networks that are named in the
#: entries of one quarter; the others are one line. A flood from everywhere must not fill anything.
TOLD_APART, NAMED = 2_000, 50
#: Accounts that one entry names: those that were tried most.
ACCOUNTS = 10
OTHERS = "lainnya"


class Refused(StrEnum):
    """What was refused."""

    SIGN_IN = "sign_in"
    ACTIVATION = "activation"
    PASSWORD = "password"  # noqa: S105
    BRAKE = "brake"
    FORM = "form"
    PAGE = "page"


#: (quarter, network, what, account or 0)
_Key = tuple[datetime, str, str, int]
_counted: Counter[_Key] = Counter()
_lock = Lock()


def note(what: Refused, network: str, account_id: int = 0) -> None:
    """Count one refusal. Touches no database, so it holds up nobody."""
    quarter = _quarter(clock.now())
    key = (quarter, network, what.value, account_id)
    with _lock:
        if len(_counted) >= TOLD_APART and key not in _counted:
            key = (quarter, OTHERS, what.value, 0)
        _counted[key] += 1


def forget() -> None:
    """Begin to count anew, as a new process does."""
    with _lock:
        _counted.clear()


def flush() -> None:
    """Add what was counted to the table, in a transaction of its own; what fails is kept."""
    with _lock:
        taken = dict(_counted)
        _counted.clear()
    if not taken:
        return
    try:
        with db.engine.begin() as connection:
            rows = [_row(*pair) for pair in taken.items()]
            connection.execute(_adding(), rows)
    except sa.exc.DBAPIError:
        with _lock:
            _counted.update(taken)
        raise


def _adding() -> sqlite.Insert | postgresql.Insert:
    insert = upsert(Refusal)
    return insert.on_conflict_do_update(
        index_elements=["quarter_at", "network", "what", "account_id"],
        set_={"count": Refusal.count + insert.excluded.count},
    )


def _row(key: _Key, count: int) -> dict[str, object]:
    quarter, network, what, account_id = key
    return {
        "quarter_at": quarter,
        "network": network,
        "what": what,
        "account_id": account_id,
        "count": count,
    }


def open_since() -> datetime:
    """The beginning of the first quarter of an hour that is not yet over."""
    return _quarter(clock.now() - GRACE)


def close() -> int:
    """Turn every quarter of an hour that is over into entries; how many.

    Of processes that do it at once, each takes other rows.
    """
    gone = sa.delete(Refusal).where(Refusal.quarter_at < open_since())
    columns = (Refusal.quarter_at, Refusal.network, Refusal.what, Refusal.account_id, Refusal.count)
    rows = sorted(tuple(row) for row in db.session.execute(gone.returning(*columns)))
    entries = 0
    for quarter, found in groupby(rows, key=lambda row: row[0]):
        entries += _record(quarter, list(found))
    return entries


def _record(quarter: datetime, rows: list[tuple[datetime, str, str, int, int]]) -> int:
    networks = Counter[str]()
    for _, network, _, _, count in rows:
        networks[network] += count
    del networks[OTHERS]
    named = {network for network, _ in networks.most_common(NAMED)}
    for network in sorted(named):
        _record_one(quarter, network, [row for row in rows if row[1] == network])
    rest = [row for row in rows if row[1] not in named]
    if rest:
        _record_one(quarter, OTHERS, rest, networks=len(networks.keys() - named))
    return len(named) + bool(rest)


def _record_one(
    quarter: datetime,
    network: str,
    rows: Iterable[tuple[datetime, str, str, int, int]],
    networks: int = 1,
) -> None:
    counts, accounts = Counter[str](), Counter[int]()
    for _, _, what, account_id, count in rows:
        counts[what] += count
        accounts[account_id] += count if account_id else 0
    tried = {str(id): count for id, count in accounts.most_common(ACCOUNTS) if count}
    trail.record(
        Action.REFUSED,
        f"networks:{network}",
        network=network,
        since=quarter.isoformat(timespec="minutes"),
        until=(quarter + QUARTER).isoformat(timespec="minutes"),
        counts=dict(counts),
        accounts=tried,
        networks=networks,
    )


def _quarter(moment: datetime) -> datetime:
    """The beginning of its quarter of an hour."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
