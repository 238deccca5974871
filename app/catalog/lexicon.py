"""How people type: words that say nothing, and words that mean the same. Data of `content/`."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Lexicon:
    """lexicon.yaml as it is written; several words in one entry are a phrase."""

    ignored: frozenset[str] = frozenset()
    same: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    #: Meanings by which one knows that a question is about elections.
    field: frozenset[str] = frozenset()
    #: Meanings of a question that asks for a fact, and not whether something is allowed.
    facts: frozenset[str] = frozenset()

    @cached_property
    def meanings(self) -> Mapping[tuple[str, ...], str | None]:
        """What each entry is read as, word by word; None for what is ignored."""
        known: dict[tuple[str, ...], str | None] = dict.fromkeys(map(_words, self.ignored))
        for word, variants in self.same.items():
            known |= {_words(entry): word for entry in (word, *variants)}
        return known


def entries(ignored: Iterable[Iterable[str]], same: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Every entry as it is written, in order, so that one that stands twice can be found."""
    for line in ignored:
        yield from line
    for word, variants in same.items():
        yield word
        yield from variants


def _words(entry: str) -> tuple[str, ...]:
    return tuple(entry.split())
