"""The notation in which an editor writes the words that give a stale claim away, taken apart.

    {UU} {NOMOR} 5 {TAHUN} 2014       words and blocks; a blank is a blank, ~ perhaps one
    <wajib | harus> mundur[lah]       one of these; perhaps this
    lapor*                            and whatever letters follow (or, in front, precede)
    {..80} {..80 tanpa a | b}         at most 80 characters of the same clause (without these words)
    {..3 kata} {..9 dari a | b}       at most 3 words; at most 9 words, each one of these
    {bukan sesudah a | b} {bukan sebelum a | b}

Every line, and whatever | parts, is one more way to write the same. `assembly` makes a regular
expression of it. Knows nothing of law: not one word of any rule stands here.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

#: Characters of one line. The longest of ours is a third of it.
LONGEST_LINE = 600
#: Groups and blocks inside each other.
DEEPEST = 6

_WORD = re.compile(r"[^\s<>\[\]{}|~]+")
_BRACE = re.compile(
    r"\{(?:(?P<block>[A-Z][A-Z0-9_]*)\}"
    r"|\.\.(?P<most>\d{1,3})(?:\}| +(?P<unit>kata)\}| +(?P<what>(?:kata +)?tanpa|dari) +)"
    r"|bukan +(?P<side>sesudah|sebelum) +)"
)


class Misspelt(Exception):
    """A pattern that cannot be read or used. The message is a sentence for the editor."""


class Joint(Enum):
    """What stands between two pieces, or at an end."""

    EDGE, BLANK, LOOSE, GLUED = auto(), auto(), auto(), auto()


@dataclass(frozen=True, slots=True)
class Word:
    """As it is written; `*` at an end stands for letters."""

    text: str


@dataclass(frozen=True, slots=True)
class Block:
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    ways: "Ways"
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """At most so many characters, or words, none of them one of `without`."""

    most: int
    in_words: bool = False
    without: "Ways | None" = None


@dataclass(frozen=True, slots=True)
class Run:
    """At most so many words of a list, with blanks or signs between them."""

    most: int
    ways: "Ways"


@dataclass(frozen=True, slots=True)
class NotBeside:
    """What must not stand right before the next piece, or right after the last."""

    ways: "Ways"
    is_before: bool


Piece = Word | Block | Group | Gap | Run | NotBeside


@dataclass(frozen=True, slots=True)
class Way:
    """Pieces in their order. `joints[i]` stands before piece i; the last one after all."""

    pieces: tuple[Piece, ...]
    joints: tuple[Joint, ...]


Ways = tuple[Way, ...]


def read(line: str) -> Ways:
    """The ways that one line writes down. Raises Misspelt."""
    if len(line) > LONGEST_LINE:
        raise Misspelt(f"Baris pola lebih panjang dari {LONGEST_LINE} karakter; bagilah.")
    reader = _Reader(line)
    ways = reader.ways("")
    if reader.at < len(line):
        raise Misspelt(f"Tanda “{line[reader.at]}” dalam pola ini tidak mempunyai pembuka.")
    return ways


class _Reader:
    def __init__(self, line: str) -> None:
        self.line = line
        self.at = 0
        self.depth = 0

    def ways(self, closing: str) -> Ways:
        """Up to the sign that closes them, which is taken; to the end where there is none."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Misspelt(f"Kelompok dalam pola ini lebih dalam dari {DEEPEST} tingkat.")
        found = [self.way()]
        while self.peek() == "|":
            self.at += 1
            found.append(self.way())
        if closing:
            if self.peek() != closing:
                raise Misspelt(f"Kelompok dalam pola ini tidak ditutup dengan “{closing}”.")
            self.at += 1
        if any(not way.pieces for way in found):
            raise Misspelt("Pola ini kosong di antara dua tanda; isi atau hapuslah.")
        self.depth -= 1
        return tuple(found)

    def peek(self) -> str:
        return self.line[self.at : self.at + 1]

    def way(self) -> Way:
        pieces: list[Piece] = []
        joints: list[Joint] = []
        while True:
            joint = self.joint()
            at_edge = Joint.LOOSE if joint is Joint.LOOSE else Joint.EDGE
            if self.peek() in ("", "|", ">", "]", "}"):
                return Way(tuple(pieces), (*joints, at_edge))
            joints.append(joint if pieces else at_edge)
            pieces.append(self.piece())

    def joint(self) -> Joint:
        begun, is_loose = self.at, False
        while self.peek().isspace() or self.peek() == "~":
            is_loose = is_loose or self.peek() == "~"
            self.at += 1
        if is_loose:
            return Joint.LOOSE
        return Joint.BLANK if self.at > begun else Joint.GLUED

    def piece(self) -> Piece:
        sign = self.peek()
        if sign in "<[":
            self.at += 1
            return Group(self.ways(">" if sign == "<" else "]"), is_optional=sign == "[")
        if sign == "{":
            return self.brace()
        word = _WORD.match(self.line, self.at)
        if word is None:
            raise Misspelt(f"Tanda “{sign}” dalam pola ini tidak pada tempatnya.")
        self.at = word.end()
        if "*" in word[0][1:-1] or word[0] == "*":
            raise Misspelt(f"Tanda * dalam “{word[0]}” hanya boleh di awal atau di akhir kata.")
        return Word(word[0])

    def brace(self) -> Piece:
        opened = _BRACE.match(self.line, self.at)
        if opened is None:
            said = self.line[self.at : self.at + 20]
            raise Misspelt(f"Kurung kurawal “{said}…” tidak dikenal; lihat content/README.md.")
        self.at = opened.end()
        if opened["block"]:
            return Block(opened["block"])
        if opened["side"]:
            return NotBeside(self.ways("}"), is_before=opened["side"] == "sesudah")
        most = int(opened["most"])
        if opened["what"] == "dari":
            return Run(most, self.ways("}"))
        in_words = bool(opened["unit"]) or (opened["what"] or "").startswith("kata")
        return Gap(most, in_words, self.ways("}") if opened["what"] else None)
