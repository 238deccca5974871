"""Many short texts read as one: to hold every rule against each of them by itself takes as long
as to search a book for it."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.catalog.staleness import StaleRule
from app.stale import StaleClaim, stale_claims

#: A sentence that nothing goes on with, announces or reaches over.
_BETWEEN = "\n\n§.\n\n"


def stale_claims_of_each(
    texts: Sequence[str], rules: Iterable[StaleRule]
) -> Iterable[tuple[int, StaleClaim]]:
    """What `stale_claims` finds in each text, with the place of the text among them."""
    starts, lines, position, line = [], [], 0, 0
    for text in texts:
        starts.append(position)
        lines.append(line)
        position += len(text) + len(_BETWEEN)
        line += (text + _BETWEEN).count("\n")
    for claim in stale_claims(_BETWEEN.join(texts), rules):
        which = bisect_right(starts, claim.start) - 1
        yield which, _within(claim, starts[which], lines[which])


def _within(claim: StaleClaim, start: int, line: int) -> StaleClaim:
    first, last = claim.within
    return replace(
        claim,
        line=claim.line - line,
        start=claim.start - start,
        end=claim.end - start,
        within=(first - start, last - start),
    )
