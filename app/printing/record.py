"""A readable list of records, in sections: plain values in, PDF out. Needs no code and no seal."""

from dataclasses import dataclass
from datetime import datetime

from app.core.dates import local_time


@dataclass(frozen=True)
class Section:
    """`rows` are (label, value) pairs, as printed; `note` is what is said of all of them."""

    title: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Record:
    title: str
    about: str
    lead: str
    sections: tuple[Section, ...]
    #: What is missing, with its reason.
    left_out: tuple[tuple[str, str], ...]
    made_at: datetime
    zone: str


def render_record(record: Record, *, is_apart: bool = False) -> bytes:
    """The record as an unsealed PDF; `is_apart`, by a bounded child. Raises bounded.Unfinished."""
    from app.printing import rendering  # a second of fonts; who only fills a record needs none

    values: rendering.Values = {
        "record": record,
        "made_at": local_time(record.made_at, record.zone),
    }
    return rendering.print_values("record.html", values, is_apart=is_apart)
