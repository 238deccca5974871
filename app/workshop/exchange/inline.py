"""One paragraph of Markdown from runs of words, each with its marks.

`**` and `*` open and close only where the letters on both sides allow it, so that a mark which
would stand as an asterisk gives way: first the punctuation at its edge loses it, then the words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.reading import markdown

Marks = frozenset[str]
NO_MARKS: Marks = frozenset()
STRONG, EMPHASIS = "**", "*"

#: An underscore between letters and an ampersand before no entity are what they look like, so that
#: addresses and names of files stay legible.
_SPECIAL = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?[a-zA-Z0-9]{1,40};)")
_LINE_START = re.compile(r"^([#+>=|:~-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_BLANKS = re.compile(r"[ \t\r\f\v]*[\n\x85\u2028\u2029]\s*|[ \t\r\f\v]+")
#: Before these no blank is put where an element ends.
_CLINGS = frozenset(".,;:!?)]}”’»…%/")
_CLINGS_AFTER = frozenset("([{“‘«/")


@dataclass(frozen=True, slots=True)
class Run:
    """Words as they are read, or Markdown that is never taken apart (`is_whole`)."""

    text: str
    marks: Marks = NO_MARKS
    is_whole: bool = False


#: Ends a line.
BREAK = Run("\\\n", is_whole=True)
#: Is a blank if without it two words would meet.
PART = Run("", is_whole=True)


def written(runs: Iterable[Run]) -> str:
    """The paragraph. Without line breaks of its own if the runs have none."""
    atoms = list(_spaced(_atoms(_merged(runs))))
    text = _text(atoms, {STRONG, EMPHASIS})
    if "***" in text and _said(text) != _said(_text(atoms, set())):
        # Bold and italics that meet inside a word may be read as letters; bold is worth more.
        return _text(atoms, {STRONG})
    return text


def _text(atoms: list[Run], allowed: set[str]) -> str:
    pieces = _emphasised(atoms, 0, len(atoms), frozenset({STRONG, EMPHASIS} - allowed))
    return _LINE_START.sub(_escaped_start, "".join(_joined(pieces)))


def _said(text: str) -> str:
    return re.sub(r"<[^>]*>", "", markdown.read(text).html())


def plain_escaped(text: str) -> str:
    return written([Run(text)])


# -- Runs to atoms: what is never divided ------------------------------------------------------


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbours alike are one, so that blanks between them are seen."""
    last: Run | None = None
    for run in runs:
        if last and not last.is_whole and not run.is_whole and last.marks == run.marks:
            last = Run(last.text + run.text, run.marks)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _atoms(runs: Iterable[Run]) -> Iterator[Run]:
    """Words by words; only what carries marks is divided into its letters."""
    for run in runs:
        if run.is_whole:
            yield run
            continue
        text = _BLANKS.sub(lambda blank: "\n" if blank[0].strip(" \t\r\f\v") else " ", run.text)
        pieces = text if run.marks else re.findall(r"[ \n]|[^ \n]+", text)
        yield from (Run(piece, run.marks) for piece in pieces)


def _spaced(atoms: Iterable[Run]) -> Iterator[Run]:
    """Blanks where they tell words apart and nowhere else, and without marks at edges of marks."""
    kept: list[Run] = []
    pending: list[Run] = []
    for atom in atoms:
        if atom is BREAK or atom is PART or (not atom.is_whole and atom.text in (" ", "\n")):
            pending.append(atom)
            continue
        if kept and (blank := _blank(pending, kept[-1], atom)):
            kept.append(blank)
        pending.clear()
        kept.append(atom)
    return iter(kept)


def _blank(pending: list[Run], before: Run, after: Run) -> Run | None:
    """What stands between two words: a broken line, a new line, a blank, or nothing."""
    marks = before.marks & after.marks
    texts = {atom.text for atom in pending}
    for text in (BREAK.text, "\n", " "):
        if text in texts:
            return Run(text, marks, is_whole=True)
    is_code = before.text.endswith("`") and after.text.startswith("`")
    if is_code and before.is_whole and after.is_whole:
        return Run(" ", marks, is_whole=True)
    if PART.text in texts and not _cling(before, after):
        return Run(" ", marks, is_whole=True)
    return None


def _cling(before: Run, after: Run) -> bool:
    is_word = before.is_whole or before.text[-1] not in _CLINGS_AFTER
    return not is_word or (not after.is_whole and after.text[0] in _CLINGS)


# -- Atoms to Markdown -------------------------------------------------------------------------


def _emphasised(atoms: list[Run], start: int, stop: int, open: Marks) -> Iterator[Run]:
    """The atoms of a stretch, with delimiters (whole runs) where marks begin and end."""
    at = start
    while at < stop:
        mark, end = _longest(atoms, at, stop, open)
        if end == at:
            yield atoms[at]
            at += 1
            continue
        yield Run(mark, is_whole=True)
        yield from _emphasised(atoms, at, end, open | {mark})
        yield Run(mark, is_whole=True)
        at = end


def _longest(atoms: list[Run], at: int, stop: int, open: Marks) -> tuple[str, int]:
    """The mark that may begin here and reaches farthest, and where it ends."""
    found = ("", at)
    if not _can_open(atoms, at):
        return found
    for mark in (STRONG, EMPHASIS):
        if mark in open or mark not in atoms[at].marks:
            continue
        end = at
        while end < stop and mark in atoms[end].marks:
            end += 1
        while end > at and not _can_close(atoms, end):
            end -= 1
        if end > found[1]:
            found = (mark, end)
    return found


def _can_open(atoms: list[Run], at: int) -> bool:
    before, after = _letters(atoms, at)
    return not _is_blank(after) and (_is_letter(after) or _is_edge(before))


def _can_close(atoms: list[Run], at: int) -> bool:
    before, after = _letters(atoms, at)
    return not _is_blank(before) and (_is_letter(before) or _is_edge(after))


def _letters(atoms: list[Run], at: int) -> tuple[str, str]:
    """The letters before and after a place; the edge of the paragraph is a blank."""
    before = atoms[at - 1].text[-1] if at else " "
    after = atoms[at].text[0] if at < len(atoms) else " "
    return before, after


def _is_blank(letter: str) -> bool:
    return letter.isspace()


def _is_letter(letter: str) -> bool:
    """Surely no punctuation; of symbols not every reader thinks alike."""
    return not letter.isspace() and unicodedata.category(letter)[0] not in "PSZC"


def _is_edge(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter)[0] == "P" or letter == "`"


def _joined(pieces: Iterable[Run]) -> Iterator[str]:
    words: list[str] = []
    for piece in pieces:
        if not piece.is_whole:
            words.append(piece.text)
            continue
        if words:
            text = _SPECIAL.sub(r"\\\g<0>", "".join(words))
            is_image = piece.text.startswith("[") and text.endswith("!")
            yield text[:-1] + "\\!" if is_image else text
            words.clear()
        yield piece.text
    if words:
        yield _SPECIAL.sub(r"\\\g<0>", "".join(words))


def _escaped_start(match: re.Match[str]) -> str:
    start = match[1]
    return f"{start}\\" if start.isdigit() else f"\\{start}"
