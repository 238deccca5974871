"""A content file taken apart: checked front matter, and a body cut into its pieces.

Everything keeps its line. What is wrong with the shape of a file is noted here; what is wrong
with what it says is the checker's business.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.reading import markdown, marked, schema
from app.reading.files import Sort, SourceFile
from app.reading.markdown import Passage
from app.reading.marked import Marked, Unreadable
from app.reading.mistakes import Mistake, Severity
from app.reading.shapes import Notes, Row, Table

SHAPES: dict[Sort, Table] = {
    Sort.REGULATION: schema.REGULATION,
    Sort.SCENARIO: schema.SCENARIO,
    Sort.COURSE: schema.COURSE,
    Sort.LESSON: schema.LESSON,
    Sort.PLEDGE: schema.PLEDGE,
    Sort.GUIDE: schema.GUIDE,
    Sort.LEXICON: schema.LEXICON,
    Sort.STALE: schema.STALE,
}
#: What a scenario's headings open; the text before the first is the situation.
SECTIONS = {"Alasan": "reason", "Sebaiknya": "safe_act", "Dilema": "dilemma"}

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"##\s+(.+?)\s*#*")
_CASE = re.compile(r":::kasus\s+(\S+)\s+(\S+)\s*")


@dataclass(frozen=True, slots=True)
class CaseMark:
    """A `:::kasus` line of a lesson."""

    scenario_id: str
    phase: str
    line: int


@dataclass(frozen=True, slots=True)
class Page:
    file: SourceFile
    row: Row
    #: A scenario's sections by name; the one body of any other sort under "body".
    sections: dict[str, Passage]
    #: A lesson's passages and cases in order; the sections' passages of any other sort.
    blocks: tuple[Passage | CaseMark, ...]
    notes: Notes

    @property
    def sort(self) -> Sort:
        return self.file.sort

    @property
    def id(self) -> str:
        """How other files refer to this one."""
        written = self.row.get("edition" if self.sort is Sort.PLEDGE else "id")
        return written or (self.file.folder if self.sort is Sort.COURSE else self.file.name)

    @property
    def passages(self) -> Iterator[Passage]:
        return (block for block in self.blocks if isinstance(block, Passage))

    def error(self, line: int, sentence: str) -> Mistake:
        return Mistake(self.file.path, line, sentence)

    def warning(self, line: int, sentence: str) -> Mistake:
        return Mistake(self.file.path, line, sentence, Severity.WARNING)

    def mistakes(self) -> Iterator[Mistake]:
        """What is wrong with the shape of this file."""
        return (self.error(line, sentence) for line, sentence in self.notes.mistakes)


def read(file: SourceFile) -> Page:
    notes = Notes()
    front, body, body_line = _split(file, notes)
    row = _row(file.sort, front, notes)
    sections, blocks = _body(file.sort, body, body_line, notes)
    return Page(file, row, sections, blocks, notes)


def _split(file: SourceFile, notes: Notes) -> tuple[Marked | None, list[str], int]:
    """Front matter, the lines of the body, and the line of the file on which the body begins."""
    lines = file.text.split("\n")
    if file.sort.is_yaml:
        return _yaml(file.text, 1, notes), [], 1
    if lines[0].rstrip() != "---":
        notes.add(1, "Berkas harus diawali kepala berkas di antara dua baris ---.")
        return None, lines, 1
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return _yaml("\n".join(lines[1:number]), 2, notes), lines[number + 1 :], number + 2
    notes.add(1, "Kepala berkas tidak ditutup dengan baris ---.")
    return None, [], len(lines)


def _yaml(text: str, first_line: int, notes: Notes) -> Marked | None:
    try:
        return marked.read(text, first_line)
    except Unreadable as damage:
        notes.add(damage.line, damage.message)
        return None


def _row(sort: Sort, front: Marked | None, notes: Notes) -> Row:
    shape = SHAPES[sort]
    if front is None:
        return shape.blank()
    return shape.read(front, (), notes) or shape.blank()


def _body(
    sort: Sort, lines: list[str], line: int, notes: Notes
) -> tuple[dict[str, Passage], tuple[Passage | CaseMark, ...]]:
    if sort.is_yaml:
        return {}, ()
    if sort is Sort.LESSON:
        return {}, tuple(_lesson(lines, line, notes))
    if sort is Sort.SCENARIO:
        sections = _scenario(lines, line, notes)
    else:
        sections = {"body": markdown.read("\n".join(lines), line)}
    return sections, tuple(sections.values())


def _prose_lines(lines: list[str], line: int) -> Iterator[tuple[int, str, bool]]:
    """Each line with its number and whether it stands outside of fenced code."""
    fence = ""
    for number, text in enumerate(lines, start=line):
        mark = _FENCE.match(text)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
            yield number, text, False
        else:
            yield number, text, not fence


def _scenario(lines: list[str], line: int, notes: Notes) -> dict[str, Passage]:
    """The situation and the sections that its headings open."""
    starts = {"situation": line - 1}
    cuts = []
    for number, text, is_prose in _prose_lines(lines, line):
        heading = _HEADING.fullmatch(text.rstrip()) if is_prose else None
        if heading is None:
            continue
        name = SECTIONS.get(heading[1])
        if name is None:
            notes.add(number, f"Judul “{heading[1]}” tidak dikenal dalam kasus.")
        elif name in starts:
            notes.add(number, f"Judul “{heading[1]}” ditulis dua kali.")
        else:
            starts[name] = number
            cuts.append(number)
    return {
        name: _passage(lines, line, start + 1, min((c for c in cuts if c > start), default=None))
        for name, start in starts.items()
    }


def _passage(lines: list[str], line: int, start: int, stop: int | None) -> Passage:
    """The lines numbered `start` to before `stop`, where `line` is the number of the first."""
    end = None if stop is None else stop - line
    return markdown.read("\n".join(lines[start - line : end]), start)


def _lesson(lines: list[str], line: int, notes: Notes) -> Iterator[Passage | CaseMark]:
    """Prose and cases in their order; empty prose is left out."""
    start = line
    marks = [
        (number, text)
        for number, text, is_prose in _prose_lines(lines, line)
        if is_prose and text.startswith(":::")
    ]
    for number, text in [*marks, (line + len(lines), None)]:
        passage = _passage(lines, line, start, number)
        if not passage.is_empty:
            yield passage
        start = number + 1
        if text is None:
            continue
        if case := _CASE.fullmatch(text):
            yield CaseMark(case[1], case[2], number)
        else:
            notes.add(number, "Baris ini harus berbentuk “:::kasus <id kasus> <tahap>”.")
