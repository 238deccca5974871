"""Count what is new: a source and a month at a time, each day once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.core import clock
from app.core.dates import local, start_of
from app.core.db import Base, db, hold, portions, upsert
from app.judgements import cases, papers, webinars
from app.judgements.counted import Count, Key, Window
from app.judgements.models import CountedUntil, FirstJudgements, ItemMark, Source

#: Months are those of western Indonesia, wherever the instansi is.
ZONE = "Asia/Jakarta"
#: What was answered in the last hour of a day may not be committed when the next one begins, and
#: late answers of a webinar may be on their way.
SETTLING = timedelta(hours=1)
#: Nothing was answered before.
BEGINNING = start_of(date(2020, 1, 1), ZONE)
#: Rows that one statement writes.
BATCH = 500

_COUNTERS: Mapping[Source, Callable[[Window], Mapping[Key, Count]]] = {
    Source.LESSON: lambda window: cases.count_cases(Source.LESSON, window),
    Source.PRACTICE: lambda window: cases.count_cases(Source.PRACTICE, window),
    Source.PAPER: papers.count_papers,
    Source.WEBINAR: webinars.count_webinars,
}


def settled() -> datetime:
    """Up to when everything that was answered can be seen: an hour before today began."""
    return start_of(clock.today(ZONE), ZONE) - SETTLING


def count_all() -> int:
    """Count whatever is left of every source, in one transaction. Gives how many judgements."""
    until = settled()
    return sum(count(source, window) for source in Source for window in left_of(source, until))


def left_of(source: Source, until: datetime) -> list[Window]:
    """What is not counted yet, month by month. Keeps others from counting it meanwhile."""
    mark = db.session.get(CountedUntil, source)
    if mark is None:
        mark = CountedUntil(source=source, until=_first_of(source))
        db.session.add(mark)
        db.session.flush()
    hold(mark)
    return list(_months(mark.until, until))


def count(source: Source, window: Window) -> int:
    """Count one window, once: whoever comes second finds it done. Gives how many judgements."""
    mark = db.session.get_one(CountedUntil, source)
    hold(mark)
    if mark.until != window.since:
        return 0
    found = _COUNTERS[source](window)
    _write(FirstJudgements, (_row(source, window.month, *one) for one in found.items()))
    if source is Source.PAPER:
        _write(ItemMark, papers.item_rows(window))
    mark.until = window.until
    db.session.flush()
    return sum(one.people for one in found.values())


def _first_of(source: Source) -> datetime:
    """The beginning of the month in which the first of a source was given, so that an old house
    is not counted from the creation of the world."""
    first = {
        Source.PAPER: papers.first_at,
        Source.WEBINAR: webinars.first_at,
    }.get(source, cases.first_at)()
    return BEGINNING if first is None else max(BEGINNING, _month_of(first))


def _month_of(moment: datetime) -> datetime:
    return start_of(local(moment, ZONE).date().replace(day=1), ZONE)


def _months(since: datetime, until: datetime) -> Iterator[Window]:
    while since < until:
        first = local(since, ZONE).date().replace(day=1)
        end = min(until, start_of((first + timedelta(days=32)).replace(day=1), ZONE))
        yield Window(since, end, first)
        since = end


def _row(source: Source, month: date, key: Key, counts: Count) -> dict[str, object]:
    return {"source": source, "month": month, **key._asdict(), **counts.as_row()}


def _write(model: type[Base], rows: Iterable[Mapping[str, object]]) -> None:
    """Add counts to those that are there."""
    table = model.__table__
    assert isinstance(table, sa.Table)
    keys = [column.name for column in table.primary_key]
    insert = upsert(model)
    adding = {
        c.name: table.c[c.name] + insert.excluded[c.name] for c in table.c if c.name not in keys
    }
    statement = insert.on_conflict_do_update(index_elements=keys, set_=adding)
    for some in portions(list(rows), BATCH):
        db.session.execute(statement, some)
