"""From a table of facts in `stale/` to what the linter holds sentences against."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.catalog.staleness import Expression, Fact, FactRow, StaleRule, Value
from app.catalog.terms import ValueKind
from app.reading.lines import Line
from app.reading.shapes import Row
from app.stale.values import KINDS, values_in

_Make = Callable[[tuple[Line, ...]], Expression | None]
_Note = Callable[[int, str], None]
#: Kinds that need more than their name: the field, and what the editor is told.
_NEEDED = {
    ValueKind.COUNT: ("units", "Jenis jumlah memerlukan isian “units”: apa yang dihitung."),
    ValueKind.NAME: ("names", "Jenis nama memerlukan isian “names”: satu nama sebaris."),
}


@dataclass(frozen=True, slots=True)
class FactTable:
    """Any value of the kind, and which of them is right beside which subject."""

    claim: Expression
    fact: Fact

    def of(self, rule: StaleRule) -> StaleRule:
        """`rule`, said by a wrong value."""
        return replace(
            rule, claim=self.claim, about=(*rule.about, _any_subject(self.fact)), fact=self.fact
        )


def fact_table(row: Row, make: _Make, note: _Note) -> FactTable | None:
    """None where something of it is wrong, which is noted with its line."""
    if row["kind"] is None or not row["rows"]:
        return None
    claim = _claim(row, make, note)
    if claim is None:
        return None
    said = re.compile(claim.text, re.IGNORECASE)

    def values(line: Line | None) -> tuple[Value, ...]:
        found = values_in(row["kind"], said, line.text) if line else ()
        if line and not found:
            note(line.number, f"Di sini tidak ada nilai berjenis {row['kind']}: “{line.text}”.")
        return found

    among = values(row["among"])
    rows = [_row(make(one["subject"] or ()), values(one["is"])) for one in row["rows"]]
    if not all(rows):
        return None
    return FactTable(claim, Fact(row["kind"], tuple(one for one in rows if one), among))


def _row(subject: Expression | None, right: tuple[Value, ...]) -> FactRow | None:
    return FactRow(subject, right) if subject and right else None


def _claim(row: Row, make: _Make, note: _Note) -> Expression | None:
    """What finds every value of the kind."""
    kind = row["kind"]
    for other, (field, sentence) in _NEEDED.items():
        if (kind is other) != row.has(field):
            note(row.line_of(field if row.has(field) else "kind"), sentence)
            return None
    if kind is ValueKind.NAME:
        return _names([make((line,)) for line in row["names"] or ()])
    units = make(row["units"] or ()) if kind is ValueKind.COUNT else None
    if kind is ValueKind.COUNT:
        return units and Expression(rf"{KINDS[kind].text} (?:{units.text})", units.needs)
    return Expression(KINDS[kind].text)


def _names(made: list[Expression | None]) -> Expression | None:
    names = [one for one in made if one]
    if not names or len(names) < len(made):
        return None
    text = "|".join(f"(?P<name{i}>{one.text})" for i, one in enumerate(names))
    return Expression(text, tuple(way for one in names for way in one.needs))


def _any_subject(fact: Fact) -> Expression:
    """One of the subjects, so that a text without them is not searched."""
    subjects = [row.subject for row in fact.rows]
    needs = tuple(way for one in subjects for way in one.needs)
    return Expression(
        "|".join(one.text for one in subjects), needs if all(s.needs for s in subjects) else ()
    )
