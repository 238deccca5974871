"""How people type: words that say nothing, and words that mean the same. Data of `content/`."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

#: The meaning of a party's name, and of a name that nobody knows where a candidate's stands.
PARTY, CANDIDATE = "partai", "calon"
#: The meaning of a phrase that only sounds like an election.
NAMESAKE = "bukanpemilu"
#: Ways to say no that are written out for an entry that begins with the first of them.
NO = ("tidak", "tdk", "gak", "ga", "nggak", "ngga", "enggak", "ndak", "dak", "ora", "kada", "teu")
#: After these a “ga” asks for leave, and denies nothing.
ASKS_LEAVE = ("boleh", "bisa", "bs", "apa")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Lexicon:
    """lexicon.yaml as it is written; several words in one entry are a phrase."""

    ignored: frozenset[str] = frozenset()
    same: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    #: Meanings by which one knows that a question is about elections.
    field: frozenset[str] = frozenset()
    #: Names of parties, as they are spelt.
    parties: tuple[str, ...] = ()
    #: After these an unknown word is somebody's name.
    before_a_name: frozenset[str] = frozenset()
    #: What is said by somebody who wants our vote, our opinion or our obedience.
    requests: frozenset[str] = frozenset()
    #: With these an order begins that asks for no leave.
    orders: frozenset[str] = frozenset()
    #: Phrases that sound like an election and are none: a “calon pengantin” stands for no office.
    namesakes: tuple[str, ...] = ()
    #: Questions about anything but neutrality.
    elsewhere: tuple[str, ...] = ()

    @cached_property
    def meanings(self) -> Mapping[tuple[str, ...], str | None]:
        """What each entry is read as, word by word; None for what is ignored."""
        known: dict[tuple[str, ...], str | None] = dict.fromkeys(map(_words, self.ignored))
        known |= {(asks, no): None for asks in ASKS_LEAVE for no in NO[1:]}
        for word, variants in self.same.items():
            written = (way for entry in (word, *variants) for way in _denials(_words(entry)))
            known |= dict.fromkeys(written, word)
        known |= {_words(name): PARTY for name in self.parties}
        return known | {_words(phrase): NAMESAKE for phrase in self.namesakes}


def entries(ignored: Iterable[Iterable[str]], same: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Every entry as it is written, in order, so that one that stands twice can be found."""
    for line in ignored:
        yield from line
    for word, variants in same.items():
        yield word
        yield from variants


def _words(entry: str) -> tuple[str, ...]:
    return tuple(_NOT_WORDS.sub(" ", entry.casefold()).split())


def _denials(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A phrase; one that begins with “tidak” in every way to say so."""
    first, *rest = words
    for no in NO if first == NO[0] and rest else (first,):
        yield no, *rest
