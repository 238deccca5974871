"""What was decided about a file by hand, as JSON and back. Pure.

Of one file: everything. For the next file of the same office: how columns, units and legal
positions are called; which sheets were left and one status for all are this file's own.
"""

from collections.abc import Mapping
from typing import Any

from app.catalog.terms import PersonStatus
from app.rosters.matching import Matching
from app.rosters.positions import Answer

Json = dict[str, Any]
#: What the next file of the same office begins with.
REMEMBERED = ("columns", "units", "positions")


def matching_from(decided: Mapping[str, object]) -> Matching:
    """Decisions as the reader takes them."""
    given: Json = dict(decided)
    return Matching(
        columns=dict(given.get("columns", {})),
        units={text: int(id) for text, id in given.get("units", {}).items()},
        positions={text: Answer(said) for text, said in given.get("positions", {}).items()},
        status=PersonStatus(given["status"]) if given.get("status") else None,
        left_sheets=frozenset(given.get("left_sheets", ())),
    )


def added(decided: Mapping[str, object], new: Mapping[str, object]) -> Json:
    """Decisions with newer ones on top; an empty one is taken back."""
    both: Json = dict(decided)
    for name in REMEMBERED:
        told = {**both.get(name, {}), **new.get(name, {})}  # type: ignore[dict-item]
        both[name] = {text: value for text, value in told.items() if value}
    for name in ("status", "left_sheets"):
        if name in new:
            both[name] = new[name]
    return both


def remembered(decided: Mapping[str, object]) -> Json:
    return {name: decided.get(name, {}) for name in REMEMBERED}
