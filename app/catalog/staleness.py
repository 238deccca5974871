"""What is no longer law, or never was, as rules: the words that give it away, and what is right.

Rules are data of `content/`, put into the form that the linter in `stale` reads. Knows neither
the notation that editors write nor how a text is searched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from app.catalog.terms import ValueKind

#: Of some words one, for each of several sets; for each way of writing.
Needs = tuple[tuple[frozenset[str], ...], ...]
#: A number, a sum, a day, a name: in parts, of which one that was not said is None.
Value = tuple[int | str | None, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression as text, so that it may be kept on disk; compiled at its first use."""

    text: str
    #: Letters, in lower case, without which it matches nothing: for one of the ways, one of each
    #: set. Without a way nothing is known.
    needs: Needs = ()

    #: Letters, in lower case, one of which stands where a match begins; none if we cannot tell.
    heads: frozenset[str] = frozenset()

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        return next(self.finditer(text, *span), None)

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        return _compiled(self.text).match(text, *span)

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """As of a pattern. Where the heads are known, only there is the whole pattern tried."""
        lowered = _lowered(text) if self.heads else ""
        if len(lowered) != len(text):
            yield from _compiled(self.text).finditer(text, *span)
            return
        heads, whole = _any_of(self.heads), _compiled(self.text)
        at, end = span if len(span) == 2 else (*span, len(text)) if span else (0, len(text))
        while head := heads.search(lowered, at, end):
            found = whole.match(text, head.start(), end)
            if found:
                yield found
            at = max(found.end() if found else 0, head.start() + 1)

    def without(self, text: str) -> str:
        """`text` with a blank wherever this stood."""
        return _compiled(self.text).sub(" ", text)


@lru_cache(maxsize=2000)
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


@lru_cache(maxsize=16)
def _lowered(text: str) -> str:
    """Of a sentence, for which every rule asks."""
    return text.lower()


@lru_cache(maxsize=500)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words))))


@dataclass(frozen=True, slots=True)
class Excuse:
    """What excuses one kind of claim, beside what excuses any. Each is optional."""

    #: Anywhere in the clause.
    around: Expression | None = None
    #: Ends where the claim begins.
    before: Expression | None = None
    #: Begins where the claim ends.
    after: Expression | None = None
    #: Anywhere in the sentence that follows.
    next: Expression | None = None
    #: It names an instrument, which may be said to be gone.
    repealed: bool = False
    #: Behind the claim: the law that took its place, and a word that says so.
    succeeded: Expression | None = None
    #: A clause that tells of this year or an earlier one tells history.
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class FactRow:
    """One subject, and the values of which any is right for it."""

    subject: Expression
    right: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A table of values, each of its subject: any other value of the kind is wrong beside it."""

    kind: ValueKind
    rows: tuple[FactRow, ...]
    #: The values that can be meant at all; all if there are none.
    among: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class StaleRule:
    """`claim` is stale where all of `about` are near it, unless something excuses it."""

    id: str
    claim: Expression
    #: What is right now, in one sentence.
    right: str
    #: The provision that says so, `uu-20-2023#penutup`, or the instrument alone.
    source: str
    #: A sentence that may be put in the place of the stale one.
    instead: str | None = None
    #: From when it is stale; None for what never was law, or where our sources do not say.
    since: date | None = None
    about: tuple[Expression, ...] = ()
    #: Whether `about` must stand in the same clause, not only in the same sentence.
    in_clause: bool = False
    #: None of which may stand in the clause.
    barred: tuple[Expression, ...] = ()
    #: Whether what it is about is as much of the claim: a statement, in whatever order.
    is_statement: bool = False
    #: Which of the values that the claim finds are wrong; all of them if there is none.
    fact: Fact | None = None
    excuse: Excuse = field(default_factory=Excuse)


@dataclass(frozen=True, slots=True)
class StaleLaw:
    """All of it: the rules in force, and what they are about, for people."""

    rules: tuple[StaleRule, ...] = ()
    #: What the linter recognises, in the words of the editors.
    known: tuple[str, ...] = ()
    #: What it does not look for, likewise.
    unknown: tuple[str, ...] = ()
