"""A question's HTML as a tree in which no word is missing.

Browsers hide what is broken: an unclosed comment, a tag without its bracket, an element that does
not exist. Here all of that is text, since it may be what the author meant: `<nama calon>`.
"""

import html
import html.entities
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.workshop.exchange.elements import (
    CLOSED_BY,
    FOREIGN,
    RAW,
    RUNNING,
    SILENT,
    VOID,
    is_block,
    is_known,
    is_markup,
)

#: Deeper elements are taken for their words alone, so that no text can exhaust the stack.
DEEPEST = 40
#: A longer tag is taken for words.
LONGEST_TAG = 10_000

_TAG = re.compile(
    # A value in quotes holds no `<`: else a quote that nobody closed would swallow words.
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>"'=]*+)"""
    r"""(?P<rest>[\s/](?:[^<>"'=]++|=\s*+(?:"[^"<]*+"|'[^'<]*+')|["'=])*+)?>"""
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
#: Left behind by Word, and what opens a document.
_ASIDE = re.compile(r"<!\[(?:if\b[^>]*|endif)\]>|<!doctype\b[^>]*>|<\?xml\b[^>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]*;|nbsp)")
#: Where a word may be broken, and marks of byte order: nobody sees them, and a search misses them.
_UNSEEN = {0xAD: None, 0xFEFF: None}
#: Elements whose ends do not reach out of a cell.
_CELLS = frozenset({"td", "th", "caption"})
_TABLE = _CELLS | {"tr", "thead", "tbody", "tfoot", "table"}


@dataclass(slots=True)
class Node:
    """An element; a comment is one with the tag `#comment` and its words as only child, and the
    stray end of a block is an empty `#end`."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        return is_block(self.tag, self.attrs)

    @property
    def is_running(self) -> bool:
        """Whether its words run on with what stands around it."""
        return self.tag in RUNNING and not self.is_block

    @property
    def is_silent(self) -> bool:
        return self.tag in SILENT or self.tag == "#comment"

    def all(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.all()

    def of_class(self, name: str) -> "Node | None":
        """The first element of this class."""
        return next((n for n in self.all() if name in n.attrs.get("class", "").split()), None)

    def comments(self) -> Iterator[str]:
        return (str(node.children[0]) for node in self.all() if node.tag == "#comment")


#: Nobody fills it.
_END = Node("#end")


def parse(text: str) -> Node:
    if "<![CDATA[" in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    builder = _Builder(text)
    builder.build()
    return builder.path[0]


def unescaped(text: str) -> str:
    """Entities as letters; an ampersand that opens none stays one, so that addresses stay whole."""
    return _ENTITY.sub(lambda match: _letter(match[0]), text)


def _letter(entity: str) -> str:
    if entity == "&nbsp":
        return "\xa0"
    known = entity.startswith("&#") or entity[1:] in html.entities.html5
    return html.unescape(entity) if known else entity


class _Builder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = text.lower() if len(text.lower()) == len(text) else text
        self.path = [Node("")]
        #: Open elements that are too deep for a node.
        self.beyond: list[str] = []
        #: Where the last end tag of a name, or the last end of a comment, stands.
        self.last: dict[str, int] = {}
        #: Names in angle brackets that were words, and whose ends will be.
        self.spoken: Counter[str] = Counter()

    def build(self) -> None:
        at = 0
        while (opening := self.text.find("<", at)) >= 0:
            self.say(self.text[at:opening])
            at = self.markup(opening)
        self.say(self.text[at:])

    def markup(self, at: int) -> int:
        """Takes what begins at a `<`, and tells where it ends."""
        if self.text.startswith("<!--", at) and self.comes("-->", at + 2):
            end = self.text.find("-->", at + 2)
            self.add(Node("#comment", {}, [self.text[at + 4 : end]]))
            return end + 3
        if aside := _ASIDE.match(self.text, at):
            return aside.end()
        tag = _TAG.match(self.text, at, at + LONGEST_TAG)
        if tag is None or not self.take(tag):
            self.say("<")
            return at + 1
        return self.raw(tag) if tag["name"].lower() in RAW and not tag["end"] else tag.end()

    def raw(self, tag: re.Match[str]) -> int:
        """The words of a script, a style or a text field, up to its own end tag."""
        name = tag["name"].lower()
        end = self.lower.find(f"</{name}", tag.end())
        words = self.text[tag.end() : end]
        self.path[-1].children.append(unescaped(words) if name == "textarea" else words)
        return end

    def take(self, tag: re.Match[str]) -> bool:
        """Whether this tag is markup; if so, it is in the tree."""
        name, attrs = tag["name"].lower(), _attributes(tag["rest"] or "")
        is_drawn = any(node.tag in FOREIGN for node in self.path)
        if tag["end"]:
            return self.take_end(name, is_known=is_drawn or is_known(name))
        has_end = self.comes(f"</{name}", tag.end())
        if not is_drawn and not is_markup(name, attrs, has_end=has_end):
            self.spoken[name] += 1
            return False
        is_whole = name in VOID or ((is_drawn or ":" in name) and tag[0].endswith("/>"))
        self.open(name, {key: value or "" for key, value in attrs.items()}, is_whole=is_whole)
        return True

    def take_end(self, name: str, *, is_known: bool) -> bool:
        if self.spoken[name] or not is_known:
            self.spoken[name] -= 1
            return False
        self.close(name)
        return True

    def comes(self, mark: str, at: int) -> bool:
        """Whether `mark` stands anywhere from here on."""
        if mark not in self.last:
            self.last[mark] = self.lower.rfind(mark)
        return self.last[mark] >= at

    def open(self, name: str, attrs: dict[str, str], *, is_whole: bool) -> None:
        while not self.beyond and name in CLOSED_BY.get(self.path[-1].tag, ()):
            self.path.pop()
        node = Node(name, attrs)
        if is_whole:
            self.add(node)
        elif len(self.path) < DEEPEST:
            self.add(node)
            self.path.append(node)
        else:
            self.beyond.append(name)
            self.part(name)

    def close(self, name: str) -> None:
        if name == "br":
            self.add(Node("br"))
        elif self.beyond:
            self.part(name)
            if name in self.beyond:
                while self.beyond.pop() != name:
                    pass
        else:
            self.close_nearest(name)

    def close_nearest(self, name: str) -> None:
        for depth in range(len(self.path) - 1, 0, -1):
            if self.path[depth].tag == name:
                del self.path[depth:]
                return
            if self.path[depth].tag in _CELLS and name not in _TABLE:
                break
        self.part(name)

    def part(self, name: str) -> None:
        """Keeps apart what stands before and after the edge of an element that is not there."""
        if name not in RUNNING and name not in VOID and self.path[-1].children[-1:] != [_END]:
            self.add(_END)

    def add(self, node: Node) -> None:
        self.path[-1].children.append(node)

    def say(self, text: str) -> None:
        if text:
            self.path[-1].children.append(unescaped(text).translate(_UNSEEN))


def _attributes(text: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for match in _ATTRIBUTE.finditer(text):
        values = [value for value in match.groups()[1:] if value is not None]
        found.setdefault(match[1].lower(), unescaped(values[0]).strip() if values else None)
    return found
