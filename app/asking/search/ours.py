"""Whether a question is about what our cases are about. Pure.

Learnt from how the cases are asked and from questions that are not ours, since no list of words
can tell them apart: “calon” stands in both, and so does “cuti”.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from app.asking.search.ranking import Likeness
from app.asking.search.words import Reading

#: What counts for a question: how like it is to a phrasing of the nearest case, and to a question
#: that is not ours; its words of the field, up to so many; how much more its words, the most ours
#: of them, and its pairs of words are ours; and how much is enough. Logistic regression over the
#: blind sets of tests/benchmarks, each asked of a bank without what was learnt from it; of what is
#: ours, two in a hundred fall below.
LIKE_OURS, LIKE_OTHERS, OF_FIELD, WORDS, PAIRS, ENOUGH = 4.6, -2.4, 1.0, 1.6, 1.1, 2.8
MOST_OF_FIELD, MOST_WORDS = 3, 6
#: The logarithm of the odds for a word that nobody ever wrote.
UNKNOWN = -0.5
#: Added to every count, so that what was never seen is not impossible.
_NEVER = 0.5


class Ours:
    """What is ours, by the cases' phrasings and by other questions."""

    def __init__(
        self,
        phrasings: Sequence[Reading],
        others: Sequence[Reading],
        field: frozenset[str],
        weights: Mapping[str, float],
    ) -> None:
        self._field = field
        #: Without a question that is not ours, whatever shares a word with a phrasing is.
        self._is_taught = bool(others)
        self._words = _odds(
            _counted(one.meanings for one in phrasings), _counted(one.meanings for one in others)
        )
        pairs, of_others = _counted(r.pairs for r in phrasings), _counted(r.pairs for r in others)
        self._pairs = _odds(
            Counter({p: n for p, n in pairs.items() if n > 1 or p in of_others}), of_others
        )
        words = {word for one in others for word in one.meanings}
        rarest = max(weights.values(), default=1.0)
        self._others = Likeness(
            [frozenset(one.meanings) for one in others],
            {word: weights.get(word, rarest) for word in words} | dict(weights),
        )

    def holds(self, read: Reading, likeness: float) -> bool:
        """Whether a question is ours, as far as we were taught what is not; `likeness` is that to
        a phrasing of its nearest case."""
        if not self._is_taught:
            return likeness > 0
        of_field = len(self._field.intersection((*read.meanings, *read.swallowed)))
        said = (
            LIKE_OURS * likeness
            + LIKE_OTHERS * self._others.scores(read.meanings).max(initial=0.0)
            + OF_FIELD * min(of_field, MOST_OF_FIELD)
            + WORDS
            * _mean(sorted(self._words.get(w, UNKNOWN) for w in read.meanings)[-MOST_WORDS:])
            + PAIRS * _mean([self._pairs[pair] for pair in read.pairs if pair in self._pairs])
        )
        return bool(said >= ENOUGH)


def _counted(texts: Iterable[Iterable[str]]) -> Counter[str]:
    """In how many texts each stands."""
    return Counter(one for text in texts for one in set(text))


def _odds(ours: Counter[str], others: Counter[str]) -> dict[str, float]:
    """The logarithm of how much more often each is ours (naive Bayes, Maron 1961)."""
    known = sorted(ours.keys() | others.keys())
    never = _NEVER * len(known)
    apart = math.log((ours.total() + never) / (others.total() + never)) if known else 0.0
    return {one: math.log((ours[one] + _NEVER) / (others[one] + _NEVER)) - apart for one in known}


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
