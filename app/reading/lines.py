"""Shapes for what an editor writes line by line, where each line answers for itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.reading.marked import Marked
from app.reading.shapes import Notes, Pairs, Shape, Text, Where

_NAME = re.compile(r"[A-Z][A-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    number: int


class Placed(Text):
    """A text as it is written, with the line on which it begins."""

    def read(self, marked: Marked, where: Where, notes: Notes) -> Any:
        if self.accepts(marked.value):
            return Line(marked.value.strip("\n"), marked.line)
        notes.wrong(marked, where, self.must)
        return None


class Lines(Text):
    """Every line of a text that holds something. A text on several lines is written below a |."""

    must = "harus berupa satu baris pola atau lebih (sesudah tanda |, atau di antara tanda kutip)"

    def read(self, marked: Marked, where: Where, notes: Notes) -> Any:
        if not self.accepts(marked.value):
            notes.wrong(marked, where, self.must)
            return None
        first = marked.line + ("\n" in marked.value)
        return tuple(
            Line(text.strip(), number)
            for number, text in enumerate(marked.value.split("\n"), start=first)
            if text.strip()
        )


class Named(Pairs):
    """A mapping whose keys are names in capitals. Reading gives a Row of them."""

    must = "harus berupa pasangan nama dan nilai"

    def __init__(self, shape: Shape, is_taken: Callable[[str], bool]) -> None:
        super().__init__(shape)
        self.is_taken = is_taken

    def fault_of(self, key: str) -> str | None:
        if not _NAME.fullmatch(key):
            return "harus berupa HURUF_BESAR"
        return "milik Rambu sendiri" if self.is_taken(key) else None
