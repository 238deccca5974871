"""Markdown as content uses it: CommonMark and tables, no HTML, links that cannot hurt.

Read once into a Passage, which knows its links, images, words and sentences with their lines, and
renders to inert HTML. Nothing here is called per request.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.catalog import law


class _Parser(MarkdownIt):
    """Lets every link through, so that the checker can name it; `_safe` decides."""

    def validateLink(self, url: str) -> bool:
        return True


_PARSER = _Parser("commonmark", {"html": False}).enable("table")

_CITATION = re.compile(r"aturan:([a-z0-9-]+)(?:#([A-Za-z0-9-]+))?")
_INTERNAL = re.compile(r"(?:/(?![/\\])|#)[^\s\\]*")
_EXTERNAL = re.compile(r"https://[^\s\\]+", re.IGNORECASE)
_STATIC = re.compile(r"/static/[A-Za-z0-9/_.-]+")
_SENTENCE_END = re.compile(r"(?<![ .(]No)(?<![ .(]jo)(?<=[.!?…])[\"”’)*_]*\s+(?=[\"“‘(*_]*[A-Z])")
_WORD = re.compile(r"[^\W_]+(?:[-/.’'][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    title: str
    line: int

    @property
    def citation(self) -> tuple[str, str | None] | None:
        """Regulation id and anchor of an `aturan:` link."""
        match = _CITATION.fullmatch(self.href)
        return (match[1], match[2]) if match else None

    @property
    def is_internal(self) -> bool:
        return _INTERNAL.fullmatch(self.href) is not None

    @property
    def is_external(self) -> bool:
        return _EXTERNAL.fullmatch(self.href) is not None


@dataclass(frozen=True, slots=True)
class Image:
    src: str
    alt: str
    line: int

    @property
    def is_ours(self) -> bool:
        return _STATIC.fullmatch(self.src) is not None and ".." not in self.src


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of Markdown and the line of its file on which it begins."""

    source: str
    line: int
    tokens: tuple[Token, ...]

    @property
    def is_empty(self) -> bool:
        return not self.tokens

    def links(self) -> Iterator[Link]:
        for token, line in self._inline():
            if token.type == "link_open":
                yield Link(str(token.attrs["href"]), str(token.attrs.get("title", "")), line)

    def images(self) -> Iterator[Image]:
        for token, line in self._inline():
            if token.type == "image":
                yield Image(str(token.attrs["src"]), token.content.strip(), line)

    def blocks(self) -> Iterator[tuple[int, str]]:
        """The plain text of every paragraph, heading, item and cell, with its line."""
        for token in self.tokens:
            if token.type == "inline":
                yield self._line(token), "".join(_plain(token.children or []))

    def sentences(self) -> Iterator[tuple[int, str]]:
        for line, text in self.blocks():
            passed = 0
            for sentence in _SENTENCE_END.split(text):
                start = text.index(sentence, passed)
                passed = start + len(sentence)
                yield line + text.count("\n", 0, start), " ".join(sentence.split())

    @property
    def words(self) -> int:
        return sum(count_words(text) for _, text in self.blocks())

    @property
    def top_heading(self) -> int | None:
        """The highest heading's level, or None without headings."""
        return min((int(t.tag[1]) for t in self.tokens if t.type == "heading_open"), default=None)

    def headings(self) -> Iterator[int]:
        """Lines of headings."""
        return (self._line(token) for token in self.tokens if token.type == "heading_open")

    def html(self, shift: int = 0) -> str:
        """Inert HTML, with headings lowered by `shift` levels (never below h6)."""
        tokens = [_prepared(token, shift) for token in self.tokens]
        html: str = _PARSER.renderer.render(tokens, _PARSER.options, {})
        return html

    def _line(self, token: Token) -> int:
        return self.line + (token.map[0] if token.map else 0)

    def _inline(self) -> Iterator[tuple[Token, int]]:
        for block in self.tokens:
            line = self._line(block)
            for token in block.children or []:
                yield token, line
                line += token.type in ("softbreak", "hardbreak")


def read(source: str, line: int = 1) -> Passage:
    return Passage(source, line, tuple(_PARSER.parse(source)))


def count_words(text: str) -> int:
    return len(_WORD.findall(text))


def _plain(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        else:
            yield token.content


def _prepared(token: Token, shift: int) -> Token:
    """A copy of a block token, ready to render."""
    if token.type in ("heading_open", "heading_close"):
        return token.copy(tag=f"h{min(int(token.tag[1]) + shift, 6)}")
    if token.type in ("th_open", "td_open"):
        return token.copy(attrs={})  # alignment would be an inline style, which our CSP forbids
    if token.type == "inline":
        return token.copy(children=[_safe(child) for child in token.children or []])
    return token


def _safe(token: Token) -> Token:
    if token.type == "link_open":
        return token.copy(attrs=_link_attributes(str(token.attrs["href"])))
    if token.type == "image":
        return _safe_image(token)
    return token


def _link_attributes(href: str) -> dict[str, str | int | float]:
    """Attributes of a link of a kind that we know; none at all makes an inert `<a>`."""
    if match := _CITATION.fullmatch(href):
        anchor = f"#{match[2]}" if match[2] else ""
        return {"href": f"{law.ADDRESS}{match[1]}{anchor}", "class": "citation"}
    if _INTERNAL.fullmatch(href):
        return {"href": href}
    if _EXTERNAL.fullmatch(href):
        return {"href": href, "rel": "nofollow noopener"}
    return {}


def _safe_image(token: Token) -> Token:
    """Our own images are shown; of any other only the words remain."""
    image = Image(str(token.attrs["src"]), token.content.strip(), 0)
    if image.is_ours:
        return token
    return Token("text", "", 0, content=image.alt)
