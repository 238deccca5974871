"""From the notation of words to a regular expression: blanks, whole words, gaps.

A word stands alone: where it touches an edge or a gap, no letter may touch it. Runs of words are
never taken back once read, and every gap is bounded, so that no pattern can explode; `looseness`
says how many ways there are to read one text, and the caller refuses what is too loose.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.stale.notation import (
    Block,
    Gap,
    Group,
    Joint,
    Misspelt,
    Piece,
    Run,
    Way,
    Ways,
    Word,
)
from app.stale.rows import Row, spliced
from app.stale.words import BUILT_IN, SPACED

#: Characters of one regular expression; what it cannot outgrow by blocks inside blocks.
LARGEST = 30_000
BLANK, LOOSE, SIGNS = r"\s+", r"\s*", r"[\s,/()-]{1,4}"
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<!\w)", r"(?!\w)"
#: Signs at the edges of a gap of words.
_CLOSING, _OPENING = r"[,:)\"']{0,2}", r"[(\"']{0,2}"
_THOUSANDS = re.compile(r"\d+(?:[.,]000)+")


@dataclass(frozen=True, slots=True)
class Assembler:
    """Makes patterns with the blocks that the editor has named."""

    #: None of them holds itself: `looseness.usable` tells.
    blocks: Mapping[str, Ways]

    def line(self, ways: Ways) -> str:
        """What an editor wrote on one line."""
        return self.ways(ways, is_line=True)

    def ways(
        self, ways: Ways, left: bool = True, right: bool = True, *, is_line: bool = False
    ) -> str:
        """Any of `ways`. `left`, `right`: whether no letter may touch it there."""
        made = [self._way(way, left, right, is_line) for way in ways]
        text = made[0] if len(made) == 1 else f"(?:{'|'.join(made)})"
        if len(text) > LARGEST:
            raise Misspelt("Pola ini terlalu besar; sederhanakan blok yang dipakainya.")
        return text

    def _way(self, way: Way, left: bool, right: bool, is_line: bool = False) -> str:
        row = Row.of(spliced(way, self.blocks))
        if not is_line and isinstance(row.pieces[0], Gap | Run):
            raise Misspelt("Celah tidak boleh mengawali sebuah pilihan.")
        last = len(row.pieces) - 1
        made = [LOOSE if row.joints[0] is Joint.LOOSE else ""]
        for i in range(last + 1):
            is_left = left and row.joints[0] is Joint.EDGE if i == 0 else row.opens_left(i)
            is_right = right and row.joints[-1] is Joint.EDGE if i == last else row.opens_right(i)
            made.append(self._placed(row, i, is_left, is_right))
            made.append(self._between(row, i) if i < last else "")
        made.append(LOOSE if row.joints[-1] is Joint.LOOSE else "")
        return "".join(made)

    def _placed(self, row: Row, i: int, left: bool, right: bool) -> str:
        before = "".join(self._not_after(ways) for ways in row.not_after[i])
        after = "".join(
            rf"(?![\s,]{{0,3}}{self.ways(ways, left=False)})" for ways in row.not_before[i]
        )
        return f"{before}{self._piece(row, i, left, right)}{after}"

    def _piece(self, row: Row, i: int, left: bool, right: bool) -> str:
        match row.pieces[i]:
            case Word(text):
                return _word(text, left, right)
            case Group(ways, is_optional=False):
                return self.ways(ways, left, right)
            case Group(ways):
                return self._optional(row, i, ways, left, right)
            case Block(name):
                return self._block(name, left, right)
            case Gap() as gap:
                return self._gap(gap, at_start=i == 0)
            case Run(most, ways):
                return self._run(most, ways) + (_NO_LETTER_AFTER if right else "")
        raise Misspelt("Pola ini tidak memuat kata.")

    def _optional(self, row: Row, i: int, ways: Ways, left: bool, right: bool) -> str:
        if row.takes_left(i):
            return rf"(?:\s+{self.ways(ways, False, right)})?"
        if row.takes_right(i):
            return rf"(?:{self.ways(ways, left, False)}\s+)?"
        made = self.ways(ways, left, right)
        if left == right:
            return f"(?:{made})?"
        return f"(?:{made}|{_NO_LETTER_BEFORE if left else _NO_LETTER_AFTER})"

    def _block(self, name: str, left: bool, right: bool) -> str:
        if name in BUILT_IN:
            return BUILT_IN[name]
        if name not in self.blocks:
            raise Misspelt(f"Blok {{{name}}} tidak dikenal.")
        return self.ways(self.blocks[name], left, right)

    def _gap(self, gap: Gap, at_start: bool) -> str:
        barred = f"(?!{self.ways(gap.without)})" if gap.without else ""
        if not gap.in_words:
            one = f"(?:{barred}[^.;])" if barred else "[^.;]"
            return f"{one}{{0,{gap.most}}}?"
        word = rf"{barred}[^\s;]+(?!\S)"
        if at_start:
            return rf"(?:{word}\s+){{0,{gap.most}}}?"
        return rf"{_CLOSING}(?:\s+{word}){{0,{gap.most}}}?"

    def _between(self, row: Row, i: int) -> str:
        """What stands between piece i and the next one."""
        here, following, joint = row.pieces[i], row.pieces[i + 1], row.joints[i + 1]
        if joint is Joint.LOOSE:
            return LOOSE
        if joint is not Joint.BLANK or isinstance(following, Gap | Run):
            return ""
        if self._is_spaced(here, -1) or self._is_spaced(following, 0):
            return ""
        if isinstance(here, Gap):
            return BLANK + _OPENING if here.in_words and i > 0 else ""
        if row.takes_left(i + 1) or row.takes_right(i):
            return ""
        return SIGNS if isinstance(here, Run) else BLANK

    def _is_spaced(self, piece: Piece, end: int) -> bool:
        """Whether a piece sees to the blanks at one of its ends by itself."""
        match piece:
            case Block(name) if name in BUILT_IN:
                return name in SPACED
            case Block(name):
                ways = self.blocks.get(name, ())
            case Group(ways, is_optional=False):
                pass
            case _:
                return False
        return bool(ways) and all(way.joints[end] is Joint.LOOSE for way in ways)

    def _run(self, most: int, ways: Ways) -> str:
        longest_first = sorted((self._way(way, False, True) for way in ways), key=len, reverse=True)
        # An atomic group, not `{0,n}+`: before 3.11.5 Python loses its place in a possessive repeat
        # of what can be backtracked into (gh-106052), and Debian 12 has 3.11.2.
        return rf"(?>(?:{SIGNS}(?:{'|'.join(longest_first)})\)?){{0,{most}}})"

    def _not_after(self, ways: Ways) -> str:
        return "".join(self._lookbehind(way) for way in ways)

    def _lookbehind(self, way: Way) -> str:
        match way.pieces:
            case (Block(name),) if name in self.blocks:
                return self._not_after(self.blocks[name])
        return _lookbehind(way)


def _word(text: str, left: bool, right: bool) -> str:
    bare = text.strip("*")
    before = r"\b" if left and not text.startswith("*") and _is_letter(bare[0]) else ""
    if text.endswith("*"):
        after = r"\w*+"
    elif _THOUSANDS.fullmatch(bare):
        after = r"(?!\d|\.\d)"
    else:
        after = r"\b" if right and _is_letter(bare[-1]) else ""
    return f"{before}{re.escape(bare)}{after}"


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _lookbehind(way: Way) -> str:
    """Python looks back only over a known number of characters, so over words alone."""
    words = [piece.text for piece in way.pieces if isinstance(piece, Word)]
    if len(words) != len(way.pieces) or words[-1].endswith("*"):
        raise Misspelt("Di dalam {bukan sesudah …} hanya boleh kata biasa.")
    start = r"\b" if not words[0].startswith("*") and _is_letter(words[0].lstrip("*")[0]) else ""
    blank = r"\s" if _is_letter(words[-1][-1]) else ""
    written = r"\s".join(re.escape(word.lstrip("*")) for word in words)
    return f"(?<!{start}{written}{blank})"
