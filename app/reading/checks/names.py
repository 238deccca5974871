"""Names that content never says: parties, and numbers that stand for a candidate.

The parties are those of the lexicon, the one place where their names stand; a name is only ever
reported, never shown to a learner.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.reading.files import Sort
from app.reading.tree import Tree

_NUMBERS = re.compile(
    r"\b(?:nomor urut|(?:paslon|calon)(?: nomor)?(?: urut)?) "
    r"(?:\d{1,2}\b(?![./])|satu\b|dua\b|tiga\b)",
    re.IGNORECASE,
)


def found_in(text: str, parties: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Each name and where it begins in `text`."""
    for pattern in (_parties(parties), _NUMBERS):
        for match in pattern.finditer(text):
            yield match[0], match.start()


def parties_of(tree: Tree) -> tuple[str, ...]:
    return tuple(name for page in tree.of(Sort.LEXICON) for name in page.row["parties"] or ())


@lru_cache(1)
def _parties(names: tuple[str, ...]) -> re.Pattern[str]:
    """Written in capitals these are parties; in any other way they are words."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b" if names else r"(?!)")
