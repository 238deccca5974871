"""Titles of any shape as names of files, each once."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 60
#: What YAML takes for something else than a word, and what Windows takes for a device.
_TAKEN = re.compile(r"null|true|false|yes|no|on|off|y|n|con|prn|aux|nul|(?:com|lpt)\d")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"}
)
#: Comes before a name that cannot stand alone, and stands for one without Latin letters.
_PREFIX = "soal"


def slug(name: str) -> str:
    """`Bolehkah “like”?` is `bolehkah-like`; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    letters = plain.encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", letters))
    found = ""
    for word in words:
        if len(found) + len(word) >= LONGEST:
            break
        found += f"-{word}" if found else word
    return found or "".join(words)[:LONGEST]


def id_for(*names: str) -> str:
    """From the first of `names` that has a letter or a figure of ours."""
    found = next(filter(None, map(slug, names)), "")
    is_word = re.search("[a-z]", found) and not _TAKEN.fullmatch(found)
    return found if is_word else "-".join(filter(None, (_PREFIX, found)))


def numbered(id: str, taken: Container[str]) -> str:
    """`id`, or the first of `id-2`, `id-3`, … that nobody has."""
    number, found = 1, id
    while found in taken:
        number += 1
        found = f"{id}-{number}"
    return found
