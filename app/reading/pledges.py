"""The body of a pledge: an opening, numbered points and a closing, in plain words.

A pledge is printed, sealed and hashed, so its text carries no markup at all.
"""

from dataclasses import dataclass

from markdown_it.token import Token

from app.reading.markdown import Passage

_PLAIN = frozenset({"text", "softbreak", "hardbreak", "text_special"})


class BadPledge(Exception):
    """A body that is no pledge: line and sentence."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class PledgeText:
    opening: str
    points: tuple[str, ...]
    closing: str


def pledge_text(body: Passage) -> PledgeText:
    """Take a body apart. Raises BadPledge."""
    before: list[str] = []
    points: list[list[str]] = []
    after: list[str] = []
    depth = 0
    for token in body.tokens:
        line = body.line + (token.map[0] if token.map else 0)
        if token.type == "ordered_list_open" and not points:
            depth += 1
        elif token.type == "ordered_list_close":
            depth -= 1
        elif token.type == "list_item_open" and depth:
            points.append([])
        elif token.type == "inline":
            words = _words(token, line)
            (points[-1] if depth else after if points else before).append(words)
        elif token.type not in ("paragraph_open", "paragraph_close", "list_item_close"):
            raise BadPledge(line, "Pakta hanya berisi paragraf dan satu daftar bernomor.")
    return _pledge(body.line, before, points, after)


def _words(token: Token, line: int) -> str:
    children = token.children or []
    if any(child.type not in _PLAIN for child in children):
        raise BadPledge(line, "Teks pakta ditulis polos, tanpa tautan atau penekanan.")
    joined = "".join(child.content if child.content else " " for child in children)
    return " ".join(joined.split())


def _pledge(line: int, before: list[str], points: list[list[str]], after: list[str]) -> PledgeText:
    if len(before) != 1 or len(after) != 1 or not points:
        raise BadPledge(
            line, "Pakta berisi satu paragraf pembuka, daftar bernomor, dan satu paragraf penutup."
        )
    if any(len(point) != 1 for point in points):
        raise BadPledge(line, "Setiap butir pakta berisi satu paragraf.")
    return PledgeText(before[0], tuple(point[0] for point in points), after[0])
