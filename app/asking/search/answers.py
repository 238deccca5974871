"""The nearest cases to a question, and whether they are near enough to be shown at all."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from html import unescape
from operator import add

import numpy as np
from numpy.typing import NDArray

from app.asking.search import LONGEST
from app.asking.search.choosing import MOST, Signs, choices, kin_of, must_ask
from app.asking.search.found import Answer, Found
from app.asking.search.ours import Ours
from app.asking.search.ranking import Bm25, Likeness, Numbers, Themes, inverse_frequencies, relative
from app.asking.search.words import Reader, Reading
from app.catalog.cases import Scenario
from app.catalog.lexicon import Lexicon

#: How near to the best the others must be.
BESIDE = 0.5
#: What each way of being near counts, fitted to all but one of the sets of tests/benchmarks at a
#: time and rounded: what is left out here (single words, the story, the title by itself, who asks,
#: the clause that asks) made none of those that were held out better.
MEANINGS, LETTERS, THEMES, PAIRS = 0.4, 0.8, 0.45, 0.55
#: The nearest single phrasing, the mean of the few nearest by their letters, and how like the
#: question is to the phrasing that is most like it.
PHRASING, FEW_PHRASINGS, FEW, ALIKE = 0.4, 0.55, 6, 0.6
#: From which likeness on a phrasing says the same as the question, and what that counts: whoever
#: asks plainly means the plain case, though others speak of nothing else.
SAME, SAYS_THE_SAME = 0.95, 1.0
#: BM25's saturation over all phrasings of a case. Far above the usual 1.2: a word in most of twenty
#: phrasings is what the case is about, a word in one of them may be a stray detail.
OFTEN, OFTEN_LETTERS = 6, 3
#: Themes that are told apart.
MOST_THEMES = 120
#: A story says more than its case can: no more is asked of one than the weight of so many rare
#: words.
SPOKEN_OF = 3
#: What a word counts for that only the story has.
IN_STORY = 0.6

_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Nearest:
    """The places of the nearest cases with their scores, best first, and how sure of the first."""

    places: tuple[tuple[int, float], ...]
    signs: Signs


class Finder:
    """Answers questions over one bank."""

    def __init__(self, scenarios: Iterable[Scenario], index: "Index") -> None:
        self._scenarios = tuple(scenarios)
        self._kin = kin_of(self._scenarios)
        self._index = index

    def ask(self, question: str) -> Found:
        nearest = self._index.nearest(question)
        if nearest is None:
            return Found()
        near = [(self._scenarios[place], score) for place, score in nearest.places]
        asks = must_ask(near, nearest.signs, self._kin)
        return Found(
            tuple(Answer(scenario, score) for scenario, score in near),
            tuple(choices(near, self._kin)) if asks else (),
        )


class Index:
    """What the search knows of the cases of one bank. It names them by their places alone, so that
    it can be kept on disk without them."""

    def __init__(self, scenarios: Sequence[Scenario], lexicon: Lexicon) -> None:
        self._reader = Reader(lexicon)
        read = self._reader.read
        asked = [(s.question, *s.asked_like) for s in scenarios]
        told = [_plain(s.situation_html) for s in scenarios]
        phrasings = [[read(phrasing) for phrasing in own] for own in asked]
        together = [Reading.of(own) for own in phrasings]
        stories = [read(story).meanings for story in told]
        self._held = [
            (frozenset(own.meanings), frozenset(story))
            for own, story in zip(together, stories, strict=True)
        ]
        weights = inverse_frequencies([asked | told for asked, told in self._held])
        self._places = _places([len(own) for own in phrasings])
        self._by_meanings = Bm25([own.meanings for own in together], k1=OFTEN)
        self._by_letters = Bm25([own.letters for own in together], k1=OFTEN_LETTERS)
        self._by_pairs = Bm25([[p for r in own for p in r.pairs] for own in phrasings], k1=OFTEN)
        single = [phrasing for own in phrasings for phrasing in own]
        self._by_phrasing = Bm25([phrasing.meanings for phrasing in single])
        self._by_phrasing_letters = Bm25([phrasing.letters for phrasing in single], b=1)
        self._alike = Likeness([frozenset(p.meanings) for p in single], weights)
        others = [self._reader.read_question(question) for question in lexicon.elsewhere]
        self._ours = Ours(single, others, lexicon.field, weights)
        self._themes = Themes(
            [[*own.meanings, *story] for own, story in zip(together, stories, strict=True)],
            weights,
            MOST_THEMES,
        )

    def nearest(self, question: str) -> Nearest | None:
        """The nearest cases; None where nothing is near."""
        question = question[:LONGEST]
        read = self._reader.read_question(question)
        if not read.meanings or not self._held or self._is_not_for_us(question):
            return None
        alike = self._by_case(self._alike.scores(read.meanings), 1)
        ways = self._ways(read, alike)
        together = reduce(add, (weight * way for weight, way in ways))
        near = relative(together)
        order = [int(place) for place in np.argsort(-near, kind="stable")[:MOST]]
        first = order[0]
        if not near[first] or not self._ours.holds(read, float(alike[first])):
            return None
        covered = self._covered(read.meanings, first)
        places = tuple(
            (place, round(float(near[place] * covered), 3))
            for place in order
            if near[place] >= BESIDE
        )
        signs = Signs(
            ahead=_ahead(near, order),
            agreed=sum(int(way.argmax()) == first for _, way in ways) / len(ways),
            likeness=float(alike[first]),
            nearness=float(together[first]),
            covered=covered,
        )
        return Nearest(places, signs)

    def _is_not_for_us(self, question: str) -> bool:
        return self._reader.is_request(question) or self._reader.is_foreign(question)

    def _ways(self, read: Reading, alike: Numbers) -> list[tuple[float, Numbers]]:
        """What each way of being near counts, and its scores with 1 for the nearest; how alike it
        is counts as it is."""
        meanings = read.meanings
        ways = (
            (MEANINGS, self._by_meanings.scores(meanings)),
            (LETTERS, self._by_letters.scores(read.letters)),
            (THEMES, self._themes.scores(meanings)),
            (PAIRS, self._by_pairs.scores(read.pairs)),
            (PHRASING, self._by_case(self._by_phrasing.scores(meanings), 1)),
            (FEW_PHRASINGS, self._by_case(self._by_phrasing_letters.scores(read.letters), FEW)),
        )
        return [
            *((weight, relative(scores)) for weight, scores in ways),
            (ALIKE, alike),
            (SAYS_THE_SAME, np.where(alike >= SAME, 1.0, 0.0)),
        ]

    def _by_case(self, scores: Numbers, count: int) -> Numbers:
        """Of each case, the mean of its `count` nearest phrasings."""
        by_case = np.append(scores, 0.0)[self._places]
        nearest: Numbers = np.sort(by_case, axis=1)[:, -count:].mean(axis=1)
        return nearest

    def _covered(self, words: Sequence[str], place: int) -> float:
        """The share of the question's weight that a case speaks of; all of it for a story of which
        it speaks enough."""
        asked, told = self._held[place]
        held = sum(
            self._alike.weight(word) * (1 if word in asked else IN_STORY if word in told else 0)
            for word in words
        )
        return min(1.0, held / min(self._alike.sum(words), SPOKEN_OF * self._alike.rarest))


def _places(counts: Sequence[int]) -> NDArray[np.int_]:
    """One row a case: where its phrasings stand among all; -1 fills a row that is short."""
    rows = np.full((len(counts), max([*counts, FEW])), -1)
    start = 0
    for row, count in zip(rows, counts, strict=True):
        row[:count] = range(start, start + count)
        start += count
    return rows


def _ahead(scores: Numbers, order: Sequence[int]) -> float:
    """How far the first is above the best of the others; all of it without any."""
    first, *others = order
    return float(scores[first] - scores[others].max(initial=0.0))


def _plain(html: str) -> str:
    return unescape(_TAG.sub(" ", html))
