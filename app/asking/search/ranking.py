"""Ways to say how near texts are to a question. Each answers with one number a text, 0 and up."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

Words = Sequence[str]
Numbers = NDArray[np.floating]


class Bm25:
    """Okapi BM25 (Robertson et al. 1994; the variant of Lucene), by bm25s."""

    def __init__(self, texts: Sequence[Words], k1: float = 1.2, b: float = 0.5) -> None:
        self._count = len(texts)
        self._model = bm25s.BM25(method="lucene", k1=k1, b=b)
        # An empty text still has its place, and even an empty bank has one word.
        self._model.index([[*words, ""] for words in texts] or [[""]], show_progress=False)

    def scores(self, words: Iterable[str]) -> Numbers:
        known = [word for word in words if word in self._model.vocab_dict]
        if not known or not self._count:
            return np.zeros(self._count)
        found: Numbers = self._model.get_scores(known)
        return found


class Likeness:
    """Dice's coefficient (1945) of the words' weights: 1 for a text that says the same and no more,
    which no count of words over many texts can tell."""

    def __init__(self, texts: Sequence[frozenset[str]], weights: dict[str, float]) -> None:
        self._weights = weights
        self.rarest = max(weights.values(), default=1.0)
        self._sums = np.array([self.sum(sorted(words)) for words in texts])
        found: dict[str, list[int]] = {}
        for place, words in enumerate(texts):
            for word in words:
                found.setdefault(word, []).append(place)
        self._found = {word: np.array(places) for word, places in found.items()}

    def scores(self, words: Sequence[str]) -> Numbers:
        shared: Numbers = np.zeros(len(self._sums))
        for word in words:
            if word in self._found:
                shared[self._found[word]] += self._weights[word]
        both = self._sums + self.sum(words)
        return np.divide(2 * shared, both, out=np.zeros_like(shared), where=both > 0)

    def weight(self, word: str) -> float:
        """A word that no text has is as rare as the rarest."""
        return self._weights.get(word, self.rarest)

    def sum(self, words: Iterable[str]) -> float:
        return sum(map(self.weight, words))


class Themes:
    """Latent semantic indexing (Deerwester et al. 1990): words that are found in the same cases
    stand for each other, so that “manggung” finds what is told of a stage."""

    def __init__(self, texts: Sequence[Words], weights: dict[str, float], themes: int) -> None:
        self._weights = weights
        self._places = {word: place for place, word in enumerate(sorted(weights))}
        table = np.array([self._vector(Counter(words)) for words in texts])
        self._axes: Numbers = np.zeros((len(texts), 0))
        self._cases: Numbers = self._axes
        if table.any():
            self._axes = _axes(table, themes)
            self._cases = _unit(table @ self._axes.T)

    def scores(self, words: Iterable[str]) -> Numbers:
        if not self._axes.size:
            return np.zeros(len(self._cases))
        asked = self._axes @ self._vector(Counter(words))
        length = np.linalg.norm(asked)
        return (
            np.maximum(self._cases @ (asked / length), 0) if length else np.zeros(len(self._cases))
        )

    def _vector(self, counts: Counter[str]) -> Numbers:
        """tf·idf of unit length."""
        vector = np.zeros(len(self._places))
        for word, count in counts.items():
            if word in self._places:
                vector[self._places[word]] = (1 + math.log(count)) * self._weights[word]
        length = np.linalg.norm(vector)
        return vector / length if length else vector


def inverse_frequencies(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """How rare each word is among texts (Robertson and Spärck Jones 1976, never negative)."""
    found = Counter(word for text in texts for word in text)
    return {
        word: math.log(1 + (len(texts) - count + 0.5) / (count + 0.5))
        for word, count in found.items()
    }


def relative(scores: Numbers) -> Numbers:
    """The same with 1 for the nearest, so that different ways can be added up."""
    best = float(scores.max(initial=0.0))
    return scores / best if best > 0 else scores


def _axes(table: Numbers, most: int) -> Numbers:
    """The right singular vectors of the largest singular values, by way of the small square of a
    wide table: there are twenty times as many words as cases."""
    squares, left = np.linalg.eigh(table @ table.T)
    largest = np.argsort(-squares)[:most]
    largest = largest[squares[largest] > 1e-9]
    axes: Numbers = (left[:, largest] / np.sqrt(squares[largest])).T @ table
    return axes


def _unit(rows: Numbers) -> Numbers:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Numbers = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit
