"""What is over is forgotten, once a day: a rule a kind of row, made by the room that owns it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from app.config import Config
from app.core import clock
from app.core.dates import thousands
from app.core.db import Json, db, start_writing
from app.jobs import files, operations
from app.jobs.deeds import Deed, Work

KIND = "retention"


@dataclass(frozen=True)
class Rule:
    """`forget` deletes what is over, flushes, and gives how many rows that were."""

    name: str
    #: What people call such rows, with how long they are kept: `pertanyaan orang (180 hari)`.
    label: str
    forget: Callable[[], int]


def deed(rules: Sequence[Rule]) -> Deed:
    """The daily deed of these rules."""
    label = "hapus yang sudah lewat masa simpannya"
    return Deed(KIND, label, lambda work: _keep(work, rules), is_daily=True)


def own_rules(config: Config) -> list[Rule]:
    """Of ended jobs, and of the files that they made."""
    days = config.KEEP_JOBS
    label = f"pekerjaan yang berakhir ({thousands(days)} hari)"
    kept = timedelta(days=config.KEEP_COPIES)
    label_of_files = f"berkas yang dibuat pekerjaan latar ({config.KEEP_COPIES} hari)"
    return [
        Rule("job_files", label_of_files, lambda: files.forget(clock.now() - kept)),
        Rule("jobs", label, partial(operations.forget_ended, days)),
    ]


def _keep(work: Work, rules: Sequence[Rule]) -> Json:
    """Each rule is kept in a transaction of its own: none waits for another's rows."""
    gone: Json = {}
    for done, rule in enumerate(rules, start=1):
        start_writing()
        gone[rule.name] = rule.forget()
        work.advance(done, len(rules))
    return gone


def rehearsed(rules: Sequence[Rule]) -> Iterator[tuple[Rule, int]]:
    """How many rows each rule would forget now: it is kept, counted and taken back."""
    return _counted(rules, db.session.rollback)


def kept(rules: Sequence[Rule]) -> Iterator[tuple[Rule, int]]:
    """The same, for good."""
    return _counted(rules, db.session.commit)


def _counted(rules: Sequence[Rule], end: Callable[[], None]) -> Iterator[tuple[Rule, int]]:
    for rule in rules:
        start_writing()
        count = rule.forget()
        end()
        yield rule, count
