"""How one rule is held against one sentence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from app.catalog.staleness import Expression, StaleRule
from app.stale.excuses import (
    boundaries_of,
    calls_it_wrong,
    claims_nothing,
    clause_of,
    covers,
    follows_from,
    holds,
    is_denied,
    is_mended_by,
)
from app.stale.facts import wrong_values
from app.stale.text import Span

#: Of one kind in one sentence. More is no prose, and must not cost the time of a page.
MOST_CLAIMS = 25


@dataclass(frozen=True)
class Context:
    """A sentence, wherever it stands, and what stands around it."""

    text: str
    lead: str
    crossed_out: tuple[Span, ...]
    following: str
    #: The sentence before, if this one goes on about what it named: “Jadi, mereka …”.
    preceding: str = ""
    _about: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def is_about(self, rule: StaleRule) -> bool:
        """Whether the sentence, or what announces it, names all that a rule is about."""
        return all(self._names(about) for about in rule.about)

    def _names(self, about: Expression) -> bool:
        """Asked once for all rules that are about the same."""
        if about.text not in self._about:
            self._about[about.text] = about.search(self._named) is not None
        return self._about[about.text]

    @cached_property
    def _named(self) -> str:
        return f"{self.text} {self.lead}"

    @cached_property
    def claims_nothing(self) -> bool:
        return claims_nothing(self.text, self.lead, self.following)

    @cached_property
    def boundaries(self) -> list[Span]:
        return boundaries_of(self.text)

    @cached_property
    def partings(self) -> list[Span]:
        """Boundaries behind which something else is spoken of: “…, sehingga boleh” is not."""
        return [span for span in self.boundaries if not follows_from(self.text[slice(*span)])]


def first_claim(rule: StaleRule, context: Context) -> Span | None:
    """Where the first unexcused claim of a kind stands in a sentence."""
    text = context.text
    is_about = context.is_about(rule)
    if not (is_about or _is_about_with_the_last(rule, context)):
        return None
    if not rule.claim.search(text):
        return None
    before = "" if is_about and not rule.in_clause else _subject(rule, context)
    if not (is_about or before):
        return None
    if context.claims_nothing or is_mended_by(rule.excuse, context.following):
        return None
    covered: dict[Span, bool] = {}
    for match in islice(_claims(rule, text), MOST_CLAIMS):
        clause = clause_of(text, context.boundaries, match)
        if clause not in covered:
            about = clause_of(text, context.partings, match)
            spoken = text[slice(*about)] if about[0] else f"{before} {text[slice(*about)]}"
            covered[clause] = _covers(rule, text, clause, spoken)
        if not (
            covered[clause]
            or is_denied(text, context.crossed_out, match, clause)
            or holds(rule.excuse, text, match, clause)
        ):
            return _stated(rule, text, match, clause) if rule.is_statement else match.span()
    return None


def _is_about_with_the_last(rule: StaleRule, context: Context) -> bool:
    before = context.preceding
    return bool(before) and _is_about(rule, f"{context.text} {context.lead} {before}")


def _claims(rule: StaleRule, text: str) -> Iterable[re.Match[str]]:
    return wrong_values(rule.fact, rule.claim, text) if rule.fact else rule.claim.finditer(text)


def _stated(rule: StaleRule, text: str, match: re.Match[str], clause: Span) -> Span:
    """From the first to the last word of a statement, as far as it stands in the clause."""
    found = [about.search(text, *clause) for about in rule.about]
    spans = [match.span(), *(one.span() for one in found if one)]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _is_about(rule: StaleRule, text: str) -> bool:
    return all(about.search(text) for about in rule.about)


def _subject(rule: StaleRule, context: Context) -> str:
    """The sentence before, as far as it says nothing that would excuse the claim."""
    before = context.preceding
    whole = (0, len(before))
    if before and (calls_it_wrong(before, whole) or covers(rule.excuse, before, whole, rule.claim)):
        return ""
    return before


def _covers(rule: StaleRule, text: str, clause: Span, spoken: str) -> bool:
    """Whether nothing in the clause can be stale. `spoken`: where its subject must stand."""
    if rule.in_clause and not _is_about(rule, spoken):
        return True
    if any(barred.search(text, *clause) for barred in rule.barred):
        return True
    return calls_it_wrong(text, clause) or covers(rule.excuse, text, clause, rule.claim)
