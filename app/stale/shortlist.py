"""Which sentences a rule need be held against: those that hold the words that it cannot do without.

A long text and many rules would otherwise be searched for every rule from end to end, and nearly
always for nothing. Sets of sentences are whole numbers, one bit a sentence.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from app.catalog.staleness import Expression, StaleRule
from app.stale.text import Sentence

#: Letters that take no part: lower case must not move what follows.
_LONGER_IN_LOWER_CASE = str.maketrans({"\u0130": "i", "\u0131": "i"})


class Shortlist:
    """The sentences of one text, by the letters in them."""

    def __init__(self, text: str, found: Sequence[Sentence]) -> None:
        self._text = text.translate(_LONGER_IN_LOWER_CASE).lower()
        self._starts = [sentence.start for sentence in found]
        self._ends = [sentence.start + len(sentence.text) for sentence in found]
        self._all = (1 << len(found)) - 1
        self._announced = _ones(
            (i for i, sentence in enumerate(found) if sentence.lead), len(found)
        )
        self._having: dict[str, int] = {}

    def sentences(self, rule: StaleRule) -> Iterator[int]:
        """Places in the list of those that may hold the claim, in their order."""
        found = self._with(rule.claim)
        for about in rule.about:
            found &= self._near(about)
        yield from _bits(found)

    def _near(self, about: Expression) -> int:
        """With what a rule is about in the sentence, in the one before, or announcing it."""
        with_it = self._with(about)
        return (with_it | with_it << 1 | self._announced) & self._all if with_it else 0

    def _with(self, expression: Expression) -> int:
        if not expression.needs:
            return self._all
        found = 0
        for way in expression.needs:
            both = self._all
            for letters in way:
                both &= self._with_any(letters)
                if not both:
                    break
            found |= both
        return found

    def _with_any(self, letters: frozenset[str]) -> int:
        found = 0
        for one in letters:
            if one not in self._having:
                self._having[one] = self._search(one)
            found |= self._having[one]
        return found

    def _search(self, letters: str) -> int:
        return _ones(self._places(letters), len(self._starts))

    def _places(self, letters: str) -> Iterator[int]:
        at = self._text.find(letters)
        while at >= 0:
            which = bisect_right(self._starts, at) - 1
            if which < 0 or at >= self._ends[which]:
                at = self._text.find(letters, at + 1)
                continue
            yield which
            at = self._text.find(letters, self._ends[which])


def _ones(places: Iterable[int], most: int) -> int:
    """The number with a one in each of the places, all below `most`."""
    bits = bytearray(most // 8 + 1)
    for place in places:
        bits[place // 8] |= 1 << place % 8
    return int.from_bytes(bits, "little")


def _bits(number: int) -> Iterator[int]:
    """The places of its ones, from the lowest."""
    for place, byte in enumerate(number.to_bytes(number.bit_length() // 8 + 1, "little")):
        while byte:
            lowest = byte & -byte
            yield place * 8 + lowest.bit_length() - 1
            byte ^= lowest
