"""Which values in a sentence are wrong for the subjects beside them, in whatever order they stand.

People write “A x, B y” as well as “x untuk A, y untuk B” and “A dan B: x dan y”. A sentence is
right if it is so in any of these ways: the linter does not guess against the writer.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.catalog.staleness import Expression, Fact, FactRow, Value
from app.stale.values import agrees, value_of
from app.stale.words import pattern

#: Characters between a value and its subject.
FARTHEST = 140
#: Values and subjects of one sentence; a list of more is no statement.
MOST = 24

#: “bukan 521”, “daripada Rp50 juta”: a value that is said not to be.
_NOT = pattern(
    r"\b(?:bukan(?:lah|nya)?|daripada|ketimbang|alih-alih|kecuali|selain|dari semula)"
    r"(?: (?:lagi|pasal|nomor|rp|no|di|ke|dari|pada|hanya))*~[\"(]?~$"
)
#: “bukan untuk ASN”: of whom nothing is said.
_NOT_OF = pattern(
    r"\b(?:bukan(?:lah|nya)?|tidak|tak|selain|kecuali)"
    r"(?: (?:untuk|bagi|menyasar|mengenai|menjerat|mengancam|berlaku|ditujukan|kepada|pada))*~$"
)
_PARTS = pattern(r"[,;:.]|\b(?:dan|serta|sedangkan|adapun|sementara|tetapi|tapi|namun|lalu)\b")


@dataclass(frozen=True, slots=True)
class _Said:
    match: re.Match[str]
    value: Value


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    row: FactRow


_Pair = tuple[_Said, _Named]
_Pairing = Callable[[Sequence[_Said], Sequence[_Named], str], list[_Pair]]


def wrong_values(fact: Fact, claim: Expression, text: str) -> list[re.Match[str]]:
    """The values that are wrong, where no way of reading makes the sentence right."""
    named = _named(fact, text)
    said = _said(fact, claim, text) if named else []
    found: list[re.Match[str]] = []
    for pairing in _PAIRINGS:
        pairs = [pair for pair in pairing(said, named, text) if _is_near(*pair)]
        wrong = [one.match for one, other in pairs if not _is_right(one, other.row)]
        if pairs and not wrong:
            return []
        found = found or wrong
        if pairing is _part_by_part and len(pairs) == len(said):
            break
    return found


def _is_right(said: _Said, row: FactRow) -> bool:
    return any(agrees(said.value, right) for right in row.right)


def _is_near(said: _Said, named: _Named) -> bool:
    gap = max(named.start - said.match.end(), said.match.start() - named.end)
    return gap <= FARTHEST


def _named(fact: Fact, text: str) -> list[_Named]:
    """The subjects in their order; of two that overlap, the longer."""
    found = [
        _Named(match.start(), match.end(), row)
        for row in fact.rows
        for match in row.subject.finditer(text)
        if not _NOT_OF.search(text, max(0, match.start() - 40), match.start())
    ]
    kept: list[_Named] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)[:MOST]


def _said(fact: Fact, claim: Expression, text: str) -> list[_Said]:
    """The values that are stated, in their order."""
    found: list[_Said] = []
    for match in claim.finditer(text):
        value = value_of(fact.kind, match)
        is_meant = value is not None and (
            not fact.among or any(agrees(value, one) for one in fact.among)
        )
        if value and is_meant and not _NOT.search(text, max(0, match.start() - 40), match.start()):
            found.append(_Said(match, value))
    return found[:MOST]


# --- ways to read which value is whose ------------------------------------------------------------


def _part_by_part(said: Sequence[_Said], named: Sequence[_Named], text: str) -> list[_Pair]:
    """Each value is of the subject that its part of the sentence names, if it names one only."""
    ends = [part.start() for part in _PARTS.finditer(text)]
    pairs: list[_Pair] = []
    for one in said:
        low = max((end for end in ends if end <= one.match.start()), default=0)
        high = min((end for end in ends if end >= one.match.end()), default=len(text))
        inside = [other for other in named if low <= other.start and other.end <= high]
        if any(other.row is not inside[0].row for other in inside):
            return []
        pairs += [(one, other) for other in inside[:1]]
    return pairs


def _subject_first(said: Sequence[_Said], named: Sequence[_Named], _text: str) -> list[_Pair]:
    """Each value is of the last subject before it, and of the first where there is none."""
    return [
        (one, ([other for other in named if other.start < one.match.start()] or named[:1])[-1])
        for one in said
    ]


def _value_first(said: Sequence[_Said], named: Sequence[_Named], _text: str) -> list[_Pair]:
    """Each value is of the next subject behind it, and of the last where there is none."""
    return [
        (one, ([other for other in named if other.end > one.match.end()] or named[-1:])[0])
        for one in said
    ]


def _in_order(said: Sequence[_Said], named: Sequence[_Named], _text: str) -> list[_Pair]:
    """First the ones, then the others: “untuk A, B, dan C: x, y, dan z”."""
    return list(zip(said, named, strict=True)) if len(said) == len(named) else []


def _at_best(said: Sequence[_Said], named: Sequence[_Named], _text: str) -> list[_Pair]:
    """Where more subjects are named than values are given, each is of one for which it is right."""
    if len(said) >= len(named):
        return []
    return [
        (one, next((other for other in named if _is_right(one, other.row)), named[0]))
        for one in said
    ]


_PAIRINGS: tuple[_Pairing, ...] = (
    _part_by_part,
    _subject_first,
    _value_first,
    _in_order,
    _at_best,
)
