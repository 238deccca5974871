"""Names that content never says: parties, and numbers that stand for a candidate.

The list is for this check alone; a name on it is only ever reported, never shown to a learner.
"""

import re
from collections.abc import Iterator

PARTIES = (
    "PDI Perjuangan",
    "PDI-P",
    "PDIP",
    "Golkar",
    "Gerindra",
    "NasDem",
    "Nasdem",
    "Partai Demokrat",
    "Partai Kebangkitan Bangsa",
    "PKB",
    "PKS",
    "Partai Keadilan Sejahtera",
    "Partai Amanat Nasional",
    "Partai Persatuan Pembangunan",
    "Partai Bulan Bintang",
    "Partai Solidaritas Indonesia",
    "Partai Buruh",
    "Partai Ummat",
    "Partai Gelora",
    "Perindo",
    "Hanura",
)
#: Written in capitals these are parties; in any other way they are words.
_NAMES = re.compile(rf"\b(?:{'|'.join(map(re.escape, PARTIES))})\b")
_NUMBERS = re.compile(
    r"\b(?:nomor urut|(?:paslon|calon)(?: nomor)?(?: urut)?) "
    r"(?:\d{1,2}\b(?![./])|satu\b|dua\b|tiga\b)",
    re.IGNORECASE,
)


def found_in(text: str) -> Iterator[tuple[str, int]]:
    """Each name and where it begins in `text`."""
    for pattern in (_NAMES, _NUMBERS):
        for match in pattern.finditer(text):
            yield match[0], match.start()
