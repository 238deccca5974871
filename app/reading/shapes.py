"""What a piece of front matter may look like. Each shape turns a Marked value into a plain one.

A value of the wrong shape becomes None and a mistake is noted, so that one wrong value never hides
the mistakes behind it. Rules that come later skip None: it has been reported.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.reading.marked import Marked

Where = tuple[str | int, ...]

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ANCHOR = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_EDITION = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_TYPED = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_REF = re.compile(rf"({_SLUG.pattern})#({_ANCHOR.pattern})")


@dataclass(slots=True)
class Notes:
    """What is wrong with a file so far: line and sentence."""

    mistakes: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, sentence: str) -> None:
        self.mistakes.append((line, sentence))

    def wrong(self, marked: Marked, where: Where, must: str) -> None:
        self.add(marked.line, f"Isian “{named(where)}” {must}.")


class Row(dict[str, Any]):
    """The plain values of a mapping, each with the line that it came from."""

    def __init__(self, values: dict[str, Any], line: int, lines: dict[str, int]) -> None:
        super().__init__(values)
        self.line = line
        self._lines = lines

    def line_of(self, key: str) -> int:
        return self._lines.get(key, self.line)

    def has(self, key: str) -> bool:
        """Whether the key was written, even if with a value of the wrong shape."""
        return key in self._lines


class Shape:
    """Base of all shapes: what it accepts, and the sentence for what it does not."""

    must = "tidak dikenali"

    def read(self, marked: Marked, where: Where, notes: Notes) -> Any:
        if self.accepts(marked.value):
            return self.convert(marked.value)
        notes.wrong(marked, where, self.must)
        return None

    def accepts(self, value: Any) -> bool:
        raise NotImplementedError

    def convert(self, value: Any) -> Any:
        return value


class Text(Shape):
    """Words on one line or folded; numbers must be quoted, so that 2026.10 stays what it is."""

    must = "harus berupa teks yang tidak kosong (angka ditulis di antara tanda kutip)"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and bool(value.strip())

    def convert(self, value: str) -> str:
        return " ".join(value.split())


class Pattern(Text):
    """Text of a given form."""

    def __init__(self, pattern: re.Pattern[str], must: str) -> None:
        self.pattern = pattern
        self.must = must

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and self.pattern.fullmatch(value) is not None


Slug = Pattern(_SLUG, "harus berupa huruf kecil dan angka yang dihubungkan tanda hubung")
Anchor = Pattern(_ANCHOR, "harus berupa huruf dan angka yang dihubungkan tanda hubung")
Edition = Pattern(_EDITION, 'harus berupa edisi di antara tanda kutip, misalnya "2026.1"')
Typed = Pattern(_TYPED, "harus berupa kata-kata berhuruf kecil tanpa tanda baca")
Source = Pattern(re.compile(r"https?://[^\s<>\"]+"), "harus berupa alamat https://…")


class Whole(Shape):
    """A whole number within bounds, both included."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high
        self.must = f"harus berupa bilangan bulat {low}–{high}"

    def accepts(self, value: Any) -> bool:
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return is_whole and self.low <= value <= self.high


class Day(Shape):
    must = "harus berupa tanggal, misalnya 2026-11-21"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, date)


class OneOf(Shape):
    """A term of a closed list."""

    def __init__(self, terms: type[StrEnum]) -> None:
        self.terms = terms
        self.must = f"harus salah satu dari: {', '.join(terms)}"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and value in list(self.terms)

    def convert(self, value: str) -> StrEnum:
        return self.terms(value)


class Maybe(Shape):
    """A shape, or null; a missing key counts as null."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def read(self, marked: Marked, where: Where, notes: Notes) -> Any:
        if marked.value is None:
            return None
        return self.shape.read(marked, where, notes)


class ListOf(Shape):
    """A sequence, of which wrong entries are left out after being noted."""

    def __init__(self, shape: Shape, *, least: int = 1, lone: bool = False) -> None:
        self.shape, self.least, self.lone = shape, least, lone
        enough = f" dengan sedikitnya {least} isi" if least else ""
        self.must = f"harus berupa daftar{enough}"

    def read(self, marked: Marked, where: Where, notes: Notes) -> tuple[Any, ...] | None:
        entries = marked.value
        if self.lone and not isinstance(entries, list):
            entries = [marked]
        if not isinstance(entries, list) or len(entries) < self.least:
            notes.wrong(marked, where, self.must)
            return None
        read = [self.shape.read(entry, (*where, i), notes) for i, entry in enumerate(entries)]
        good = tuple(value for value in read if value is not None)
        return good or (None if entries else ())


class Table(Shape):
    """A mapping with known keys. Reading gives a Row with all of them; None where missing."""

    must = "harus berupa pasangan isian dan nilai"

    def __init__(self, shapes: Mapping[str, Shape]) -> None:
        self.shapes = shapes

    def read(self, marked: Marked, where: Where, notes: Notes) -> Row | None:
        given = marked.value
        if not isinstance(given, dict):
            notes.wrong(marked, where, self.must)
            return None
        for key, value in given.items():
            if key not in self.shapes:
                notes.add(value.line, f"Isian “{named((*where, key))}” tidak dikenal.")
        found = {key: self.entry(key, marked, where, notes) for key in self.shapes}
        return Row(found, marked.line, {key: value.line for key, value in given.items()})

    def blank(self) -> Row:
        """What a file gives whose front matter cannot be read at all."""
        return Row(dict.fromkeys(self.shapes), 1, {})

    def entry(self, key: str, marked: Marked, where: Where, notes: Notes) -> Any:
        shape, value = self.shapes[key], marked.value.get(key)
        if value is not None:
            return shape.read(value, (*where, key), notes)
        if not isinstance(shape, Maybe):
            notes.add(marked.line, f"Isian “{named((*where, key))}” belum ada.")
        return None


class Pairs(Shape):
    """A mapping whose keys are words of the editor's choice. Reading gives a Row of them."""

    must = "harus berupa pasangan kata dan nilai"

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def read(self, marked: Marked, where: Where, notes: Notes) -> Row | None:
        given = marked.value
        if not isinstance(given, dict):
            notes.wrong(marked, where, self.must)
            return None
        for key, value in given.items():
            if fault := self.fault_of(key):
                notes.add(value.line, f"Nama “{named((*where, key))}” {fault}.")
        found = {key: self.shape.read(value, (*where, key), notes) for key, value in given.items()}
        return Row(found, marked.line, {key: value.line for key, value in given.items()})

    def fault_of(self, key: str) -> str | None:
        """What is wrong with a key, as the rest of a sentence about it."""
        return None if _TYPED.fullmatch(key) else Typed.must


@dataclass(frozen=True, slots=True)
class Ref:
    """A citation as written, before anyone has looked whether it exists."""

    regulation_id: str
    anchor: str
    is_historical: bool
    line: int

    def __str__(self) -> str:
        return f"{self.regulation_id}#{self.anchor}"


class Cite(Shape):
    """`pp-94-2021#5-n-6`, or `{cite: pp-53-2010#7, historical: true}`."""

    must = "harus berupa rujukan seperti pp-94-2021#5-n-6"

    def read(self, marked: Marked, where: Where, notes: Notes) -> Ref | None:
        if isinstance(marked.value, dict):
            row = _HISTORICAL.read(marked, where, notes)
            assert row is not None, "a mapping gives a row"
            ref, historical = row["cite"], bool(row["historical"])
        else:
            ref, historical = _CITE.read(marked, where, notes), False
        if ref is None:
            return None
        id, _, anchor = ref.partition("#")
        return Ref(id, anchor, historical, marked.line)


class Flag(Shape):
    must = "harus berupa true atau false"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, bool)


_CITE = Pattern(_REF, Cite.must)
_HISTORICAL = Table({"cite": _CITE, "historical": Flag()})


def named(where: Where) -> str:
    if not where:
        return "kepala berkas"
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in where)
