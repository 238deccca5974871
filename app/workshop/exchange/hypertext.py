"""From the HTML of a question to the Markdown of a content file.

Only what content can say is kept: paragraphs, emphasis, lists, quotes, code, tables and links.
A heading becomes a bold paragraph, since a case's sections have none; of anything else the words
remain. Reading the result gives the same HTML again as far as it was ours.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.catalog.law import ADDRESS
from app.reading import markdown
from app.workshop.exchange.questions import Markup, Words

#: Deeper elements are taken for their words alone, so that no text can exhaust the stack.
DEEPEST = 40

_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "source", "wbr", "area"})
_SILENT = frozenset({"script", "style", "template", "head", "title"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {
    *("p", "div", "ul", "ol", "li", "blockquote", "pre", "table", "thead", "tbody", "tfoot"),
    *("tr", "td", "th", "hr", "section", "article", "figure", "figcaption", "dl", "dt", "dd"),
}
#: What ends an element whose end tag people leave out.
_CLOSED_BY = {
    "p": _BLOCKS,
    "li": {"li"},
    "td": {"td", "th", "tr"},
    "th": {"td", "th", "tr"},
    "tr": {"tr"},
}
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}

_SPECIAL = re.compile(r"[\\`*_\[\]<]|&(?=#|\w)")
_LINE_START = re.compile(r"^([#+>=|:~-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_SPACE = re.compile(r"[ \t\r\f\v]*(\n)\s*|[ \t\r\f\v]+")
#: Stands for the backslash of a hard break until its paragraph is whole.
_BREAK = "\0"
_OUR_LAW = re.compile(rf"(?:https?://[^/]+)?{ADDRESS}([a-z0-9-]+(?:#[A-Za-z0-9-]+)?)")

Attributes = list[tuple[str, str | None]]


@dataclass(slots=True)
class Node:
    """An element; a comment is one with the tag `#comment` and its words as only child."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

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


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.path = [Node("")]

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        node = Node(tag, {key: value or "" for key, value in attrs})
        while self.path[-1].tag in _CLOSED_BY and tag in _CLOSED_BY[self.path[-1].tag]:
            self.path.pop()
        if tag not in _VOID and len(self.path) >= DEEPEST:
            return
        self.path[-1].children.append(node)
        if tag not in _VOID:
            self.path.append(node)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.path) - 1, 0, -1):
            if self.path[depth].tag == tag:
                del self.path[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Word leaves `<![if …]>` behind, at which the parser of the library would give up."""
        end = self.rawdata.find(">", i)
        return end + 1 if end >= 0 else -1

    def handle_comment(self, data: str) -> None:
        self.path[-1].children.append(Node("#comment", {}, [data]))


def parse(text: str) -> Node:
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.path[0]


def tree_of(words: Words) -> Node:
    return parse(_as_html(words))


def _as_html(words: Words) -> str:
    match words.markup:
        case Markup.HTML:
            return words.text
        case Markup.MARKDOWN:
            return markdown.read(words.text).html()
        case Markup.PLAIN:
            return _broken(html.escape(words.text, quote=False))
        case Markup.MOODLE:
            return _broken(words.text)


def _broken(text: str) -> str:
    """New lines break the line; empty ones part paragraphs."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs)


def plain(node: Node) -> str:
    """The words alone, on one line."""
    return " ".join(" ".join(_words(node)).split())


def _words(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag == "img":
            yield child.attrs.get("alt", "")
        elif child.tag not in _SILENT and child.tag != "#comment":
            joint = " " if child.tag in _BLOCKS or child.tag == "br" else ""
            yield joint + "".join(_words(child)) + joint


def to_markdown(node: Node, site: str = "") -> str:
    """Markdown of what stands in `node`. Links to pages of `site` become links inside it."""
    return "\n\n".join(_Writer(site.rstrip("/")).blocks(node))


class _Writer:
    def __init__(self, site: str) -> None:
        self.site = site

    def blocks(self, node: Node) -> list[str]:
        found: list[str] = []
        run: list[Node | str] = []

        def flush() -> None:
            if text := self.paragraph(run):
                found.append(text)
            run.clear()

        for child in node.children:
            if isinstance(child, Node) and (child.tag in _BLOCKS or self.holds_blocks(child)):
                flush()
                found += self.block(child)
            else:
                run.append(child)
        flush()
        return found

    def holds_blocks(self, node: Node) -> bool:
        return any(inner.tag in _BLOCKS for inner in node.all())

    def block(self, node: Node) -> list[str]:
        match node.tag:
            case "ul" | "ol":
                return self.listing(node)
            case "blockquote":
                inside = "\n\n".join(self.blocks(node))
                return ["\n".join(f"> {line}".rstrip() for line in inside.split("\n"))]
            case "pre":
                return [_fenced("".join(_raw(node)))]
            case "hr":
                return ["---"]
            case "table":
                return self.table(node)
            case tag if tag in _HEADINGS:
                inside = self.paragraph(node.children)
                return [f"**{inside.replace('**', '')}**"] if inside else []
        return self.blocks(node)

    def listing(self, node: Node) -> list[str]:
        items = [child for child in node.children if isinstance(child, Node) and child.tag == "li"]
        inside = [self.blocks(item) for item in items]
        is_loose = any(
            isinstance(c, Node) and c.tag == "p" for item in items for c in item.children
        )
        first = int(node.attrs.get("start", "1")) if node.attrs.get("start", "1").isdigit() else 1
        lines = []
        for number, blocks in enumerate(inside, start=first):
            mark = f"{number}. " if node.tag == "ol" else "- "
            text = ("\n\n" if is_loose else "\n").join(blocks)
            lines.append(mark + text.replace("\n", "\n" + " " * len(mark)).replace(" \n", "\n"))
        text = ("\n\n" if is_loose else "\n").join(lines)
        return [re.sub(r"(?m)^ +$", "", text)] if lines else []

    def table(self, node: Node) -> list[str]:
        rows = [
            [
                self.paragraph([cell]).replace("\\\n", " ").replace("\n", " ").replace("|", "\\|")
                for cell in row.children
                if isinstance(cell, Node) and cell.tag in ("td", "th")
            ]
            for row in node.all()
            if row.tag == "tr"
        ]
        width = max(map(len, rows), default=0)
        if not width:
            return []
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        return ["\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]

    def paragraph(self, children: list[Node | str]) -> str:
        lines = "".join(self.inline(children)).split("\n")
        text = "\n".join(filter(None, (line.strip(" ") for line in lines))).strip(f"{_BREAK}\n")
        return _LINE_START.sub(_escaped_start, text).replace(_BREAK, "\\")

    def inline(self, children: list[Node | str]) -> Iterator[str]:
        for child in children:
            if isinstance(child, str):
                yield _escaped(_SPACE.sub(lambda m: m[1] or " ", child.replace(_BREAK, "")))
            elif child.tag == "br":
                yield f"{_BREAK}\n"
            elif child.tag == "img":
                yield f"(gambar: {_escaped(child.attrs.get('alt') or 'tanpa nama')})"
            elif child.tag == "code":
                yield _code("".join(_raw(child)))
            elif child.tag == "a":
                yield self.link(child)
            elif child.tag in _MARKS:
                yield _marked(_MARKS[child.tag], "".join(self.inline(child.children)))
            elif child.tag not in _SILENT and child.tag != "#comment":
                yield "".join(self.inline(child.children))

    def link(self, node: Node) -> str:
        text = "".join(self.inline(node.children)).strip()
        href = node.attrs.get("href", "").strip()
        is_ours = "citation" in node.attrs.get("class", "").split()
        if is_ours and (law := _OUR_LAW.fullmatch(href)):
            href = f"aturan:{law[1]}"
        elif self.site and href.startswith(f"{self.site}/"):
            href = href.removeprefix(self.site)
        if not text or not re.fullmatch(r"(?:aturan:|https://|/(?![/\\]))[^\s\\<>()]*", href):
            return f"{text} ({_escaped(href)})" if text and href else text
        return f"[{text}]({href})"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _raw(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag != "#comment":
            yield from _raw(child)


def _code(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        return ""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _fenced(text: str) -> str:
    fence = "`" * max(3, max(map(len, re.findall("`+", text)), default=0) + 1)
    return f"{fence}\n{text.strip(chr(10))}\n{fence}"


def _marked(mark: str, text: str) -> str:
    """Emphasis clings to its words; blanks stay outside."""
    inside = text.strip()
    if not inside:
        return text
    before, _, after = text.partition(inside)
    return f"{before}{mark}{inside}{mark}{after}"


def _escaped_start(match: re.Match[str]) -> str:
    start = match[1]
    return f"{start}\\" if start.isdigit() else f"\\{start}"
