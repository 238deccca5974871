"""What no draft takes in: pictures, films, sounds, frames, scripts. Each is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from app.workshop.exchange.questions import LARGEST_QUESTION, BadQuestion, Question
from app.workshop.exchange.trees import Node

_NAMES = {
    "img": "gambar",
    "image": "gambar",
    "svg": "gambar",
    "canvas": "gambar",
    "input": "gambar",
    "area": "gambar",
    "video": "video",
    "audio": "audio",
    "bgsound": "audio",
    "iframe": "sematan",
    "frame": "sematan",
    "embed": "sematan",
    "object": "sematan",
    "applet": "sematan",
    "math": "rumus",
    "script": "skrip",
}
#: What is named in the report only, since its words stand in the text or it never had any.
_UNSEEN = frozenset({"script", "math", "area"})
_ADDRESSES = ("src", "data", "href", "xlink:href", "code", "movie", "srcset", "poster")
_BACKGROUND = re.compile(r"url\(\s*['\"]?([^'\")]*)", re.IGNORECASE)
#: A file as the value of an attribute, or as letters anywhere; its kind stays, to be named.
_VALUE = re.compile(
    r"""(=\s*+(?P<quote>["'])data:[^,"'<>]{0,200},)(?:(?!(?P=quote)).)*+""",
    re.IGNORECASE | re.DOTALL,
)
_LETTERS = re.compile(
    r"(data:[a-z]{1,30}/[a-z0-9.+-]{1,90}(?:;[^,;\s\"'<>()]{1,60}){0,5};base64),"
    r"[a-z0-9+/=_%-]{80,}+(?:\s++[a-z0-9+/=_%-]{30,}+)*+",
    re.IGNORECASE,
)
_WEIGHTLESS = (("<!--", "-->"), ("<style", "</style"), ("<script", "</script"))
_PLUGIN_FILE = "@@PLUGINFILE@@"


@dataclass(frozen=True, slots=True)
class Medium:
    kind: str
    #: What its author calls it; may be empty.
    label: str
    #: An address or the name of a file; may be empty.
    address: str = ""
    is_shown: bool = True

    @property
    def mark(self) -> str:
        """Stands in the text in its stead."""
        return f"({self.kind}: {self.label or self.address or 'tanpa nama'})"

    @property
    def note(self) -> str:
        names = [f"“{self.label}”"] if self.label else []
        names += [f"({self.address})"] if self.address and self.address != self.label else []
        return f"{' '.join([self.kind, *names])} tidak ikut"


def without_files(text: str) -> str:
    """Files that somebody pasted into a text as letters are not part of it."""
    if "data:" not in text.lower():
        return text
    return _LETTERS.sub(r"\1,…", _VALUE.sub(r"\1", text))


def weigh(question: Question) -> None:
    """Raises BadQuestion if its words are too many; files, comments and styles are none."""
    weight = 0
    for words in question.texts():
        text = words.text
        if len(text) > LARGEST_QUESTION // 10:
            text = without_files(text)
            for opening, closing in (
                ("<!--", "-->"),
                ("<style", "</style"),
                ("<script", "</script"),
            ):
                text = _without(text, opening, closing)
        weight += len(text)
    if weight > LARGEST_QUESTION:
        raise BadQuestion(f"soal ini lebih dari {LARGEST_QUESTION // 1000} ribu huruf.")


def _without(text: str, opening: str, closing: str) -> str:
    lower, parts, at = text.lower(), [], 0
    while (start := lower.find(opening, at)) >= 0 and (end := lower.find(closing, start)) >= 0:
        parts.append(text[at:start])
        at = end + len(closing)
    return "".join([*parts, text[at:]])


def medium(node: Node) -> Medium | None:
    """What this element is, or None when it is nothing but words."""
    kind = _NAMES.get(node.tag)
    if node.tag == "picture" and not any(inner.tag == "img" for inner in node.all()):
        kind = _NAMES["img"]
    if kind is None or (node.tag == "input" and node.attrs.get("type", "").lower() != "image"):
        return _background(node)
    label = " ".join(next(_labels(node), "").split())
    return Medium(kind, label, _address(node), node.tag not in _UNSEEN)


def all_in(node: Node) -> Iterator[Medium]:
    for inner in node.all():
        if found := medium(inner):
            yield found
        href = inner.attrs.get("href", "")
        if inner.tag == "a" and href.startswith(_PLUGIN_FILE):
            yield Medium("berkas", "", _named(href), is_shown=False)


def _labels(node: Node) -> Iterator[str]:
    for name in ("alt", "title", "aria-label"):
        if node.attrs.get(name, "").strip():
            yield node.attrs[name]


def _address(node: Node) -> str:
    """Its own, or the first of its sources."""
    inner = (n for n in node.all() if n is node or n.tag in ("source", "param"))
    for part in inner:
        if part.tag == "param" and part.attrs.get("name", "").lower() in ("movie", "src"):
            return _named(part.attrs.get("value", ""))
        if found := next((part.attrs[name] for name in _ADDRESSES if part.attrs.get(name)), ""):
            return _named(found)
    return ""


def _named(address: str) -> str:
    """The name of a file of Moodle's, nothing for a file inside the text, else the address."""
    if address.startswith("data:"):
        return ""
    if address.startswith(_PLUGIN_FILE):
        return unquote(address.removeprefix(_PLUGIN_FILE).lstrip("/").partition("?")[0])
    return " ".join(address.split())


def _background(node: Node) -> Medium | None:
    found = _BACKGROUND.search(node.attrs.get("style", ""))
    address = found[1] if found else node.attrs.get("background", "")
    return Medium("gambar latar", "", _named(address), is_shown=False) if address else None
