"""How fast jobs of a kind go, from when the last ones began and ended. Pure."""

from collections.abc import Iterable
from datetime import datetime
from statistics import median

#: Seconds that one takes, as long as fewer than this many were seen.
DEFAULT, FEWEST = 0.3, 3


def seconds_each(spans: Iterable[tuple[datetime, datetime]]) -> float:
    """The median of what each took for itself: since it began, or since the one before it ended.

    Where two are in hand and take turns, each spans the other; what a queue waits is from end to
    end. Two that began together count as one after the other.
    """
    ends: datetime | None = None
    own = []
    for begun, ended in sorted(spans, key=lambda span: span[1]):
        since = begun if ends is None else max(begun, ends)
        own.append((ended - since).total_seconds())
        ends = ended
    return median(own) if len(own) >= FEWEST else DEFAULT
