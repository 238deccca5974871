"""From the HTML of a question to the Markdown of a content file.

Only what content can say is kept as it is: paragraphs, emphasis, lists, quotes, code, tables and
links. A heading becomes a bold paragraph, since a case's sections have none; of anything else the
words remain, and what has none is named (`media`). Reading the result gives the same HTML again
as far as it was ours.
"""

import html
import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from app.catalog.law import ADDRESS
from app.workshop.exchange import blocks, inline, lists, media, tables
from app.workshop.exchange.elements import HEADINGS, LISTS, LITERAL, marks_of
from app.workshop.exchange.inline import BREAK, NO_MARKS, PART, STRONG, Marks, Run
from app.workshop.exchange.questions import Markup, Words
from app.workshop.exchange.trees import Node, parse

#: Markdown as Moodle reads it: with HTML inside, unlike ours.
_MOODLE_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
_OUR_LAW = re.compile(rf"(?:https?://[^/]+)?{ADDRESS}([a-z0-9-]+(?:#[A-Za-z0-9-]+)?)")
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SIGNS = re.compile(r"[0-9+\-=()]+")

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")

Children = list[Node | str]


def tree_of(words: Words) -> Node:
    return parse(_as_html(words))


def _as_html(words: Words) -> str:
    text = media.without_files(words.text)
    match words.markup:
        case Markup.HTML:
            return text
        case Markup.MARKDOWN:
            return str(_MOODLE_MARKDOWN.render(text))
        case Markup.PLAIN:
            return _broken(html.escape(text, quote=False))
        case Markup.MOODLE:
            return _broken(text)


def _broken(text: str) -> str:
    """New lines break the line, but not inside a tag; empty ones part paragraphs."""
    text = _TAG.sub(lambda tag: tag[0].replace("\n", " "), text)
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs)


def plain(node: Node) -> str:
    """The words alone, on one line."""
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag == "br" or child.tag == "#end":
            yield " "
        elif not child.is_silent:
            joint = "" if child.is_running else " "
            found = media.medium(child)
            shown = found.label if found and found.is_shown else _said(child)
            yield from (joint, shown, *_pieces(child), joint)


def _said(node: Node) -> str:
    """Words that stand in an attribute and yet are seen."""
    if node.tag == "input":
        is_mute = node.attrs.get("type", "").lower() in ("hidden", "checkbox", "radio", "file")
        return "" if is_mute else node.attrs.get("value") or node.attrs.get("placeholder", "")
    return node.attrs.get("label" if node.tag in ("optgroup", "option") else "alt", "")


def to_markdown(node: Node, site: str = "", *, is_ours: bool = True) -> str:
    """Markdown of what stands in `node`. Links to pages of `site` become links inside it, and so do
    those without a site if the text is ours."""
    return "\n\n".join(_Writer(site.rstrip("/"), is_ours).blocks(node))


class _Writer:
    def __init__(self, site: str, is_ours: bool) -> None:
        self.site, self.is_ours = site, is_ours

    # -- Blocks --------------------------------------------------------------------------------

    def blocks(self, node: Node, marks: Marks = NO_MARKS) -> list[str]:
        found: list[str] = []
        run: Children = []
        for child in node.children:
            if not isinstance(child, Node) or not self.holds_blocks(child):
                run.append(child)
                continue
            found += self.paragraphs(run, marks)
            run = []
            found = blocks.beside(
                found, self.block(child, marks | marks_of(child.tag, child.attrs))
            )
        return [*found, *self.paragraphs(run, marks)]

    def holds_blocks(self, node: Node) -> bool:
        return any(inner.is_block and not inner.is_silent for inner in node.all())

    def paragraphs(self, children: Children, marks: Marks) -> list[str]:
        text = inline.written(self.runs(children, marks))
        return [text] if text.strip() else []

    def block(self, node: Node, marks: Marks) -> list[str]:
        match node.tag:
            case tag if tag in LISTS:
                return self.listing(node, marks)
            case tag if tag in LITERAL:
                return blocks.fenced("".join(self.raw(node)))
            case tag if tag in HEADINGS:
                return self.blocks(node, marks | {STRONG})
            case "blockquote":
                inside = "\n\n".join(self.blocks(node, marks))
                return ["\n".join(f"> {line}".rstrip() for line in inside.split("\n"))]
            case "hr":
                return ["***"]
            case "table":
                return self.table(node, marks)
        return [*self.named(node), *self.blocks(node, marks), *self.address(node)]

    def named(self, node: Node) -> list[str]:
        """A film or a frame that holds blocks for those who cannot see it."""
        return self.paragraphs(list(self.stand_in(node)), NO_MARKS)

    def address(self, node: Node) -> list[str]:
        """Of a link around blocks, which Markdown has not."""
        if node.tag != "a" or not node.attrs.get("href", "").strip():
            return []
        return self.paragraphs([Node("a", node.attrs, [node.attrs["href"]])], NO_MARKS)

    def listing(self, node: Node, marks: Marks) -> list[str]:
        found = lists.read(node)
        before = self.blocks(Node("", {}, found.before), marks)
        items = [self.item(item, marks) for item in found.items]
        is_loose = any(
            isinstance(c, Node) and c.tag == "p" for item in found.items for c in item.node.children
        ) or any(map(blocks.needs_air, items))
        joint = "\n\n" if is_loose else "\n"
        lines = []
        for number, inside in enumerate(items, start=found.first):
            if not inside and not found.is_numbered:
                continue
            mark = f"{number}. " if found.is_numbered else "- "
            text = joint.join(inside)
            lines.append((mark + text.replace("\n", "\n" + " " * len(mark))).rstrip())
        text = re.sub(r"(?m)^ +$", "", joint.join(lines))
        return [*before, text] if lines else before

    def item(self, item: lists.Item, marks: Marks) -> list[str]:
        inside = self.blocks(item.node, marks)
        if not item.label:
            return inside
        label = inline.plain_escaped(item.label)
        is_words = bool(inside) and not blocks.is_block(inside[0])
        return [f"{label} {inside[0]}", *inside[1:]] if is_words else [label, *inside]

    def table(self, node: Node, marks: Marks) -> list[str]:
        table = tables.read(node)
        beside = self.blocks(Node("", {}, table.beside), marks)
        rows = [[self.cell(cell, marks) for cell in row] for row in table.grid()]
        if not rows:
            return beside
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return [*beside, "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])]

    def cell(self, cell: Node | None, marks: Marks) -> str:
        """On one line, as Markdown wants it."""
        if cell is None:
            return ""
        flat = [
            Run(" ", run.marks) if run is BREAK or run.text == "\n" else run
            for run in self.runs([cell], marks)
        ]
        return inline.written(flat).replace("\n", " ").replace("|", "\\|")

    # -- Lines ---------------------------------------------------------------------------------

    def runs(self, children: Children, marks: Marks) -> Iterator[Run]:
        for child in children:
            if isinstance(child, str):
                yield Run(child, marks)
            elif child.tag == "br":
                yield BREAK
            elif child.tag == "#end":
                yield PART
            elif not child.is_silent:
                yield from self.element(child, marks | marks_of(child.tag, child.attrs))

    def element(self, node: Node, marks: Marks) -> Iterator[Run]:
        if not node.is_running:
            yield PART
        for text in self.stand_in(node):
            yield from (PART, Run(text, marks), PART)
        match node.tag:
            case "code" | "pre" | "listing" | "xmp":
                if text := blocks.code("".join(self.raw(node))):
                    yield Run(text, marks, is_whole=True)
            case "a":
                yield from self.link(node, marks)
            case "ul" | "ol" | "menu" | "dir":
                yield from self.flat_list(node, marks)
            case "sup" | "sub":
                yield from self.shifted(node, marks)
            case "q":
                yield from (Run("“", marks), *self.runs(node.children, marks), Run("”", marks))
            case "s" | "strike" | "del":
                yield from (PART, Run("(dicoret: ", marks))
                yield from (*self.runs(node.children, marks), Run(")", marks), PART)
            case _:
                yield from self.inside(node, marks)
        if not node.is_running:
            yield PART

    def inside(self, node: Node, marks: Marks) -> Iterator[Run]:
        """In drawings and formulas every piece stands for itself."""
        for child in node.children:
            yield from self.runs([child], marks)
            if node.tag in ("svg", "math") or ":" in node.tag:
                yield PART

    def stand_in(self, node: Node) -> Iterator[str]:
        """What is said in place of what does not come along, and what only an attribute says."""
        found = media.medium(node)
        if found and found.is_shown:
            yield found.mark
        elif text := _said(node):
            yield text

    def flat_list(self, node: Node, marks: Marks) -> Iterator[Run]:
        found = lists.read(node)
        yield from self.runs(found.before, marks)
        for number, item in enumerate(found.items, start=found.first):
            label = item.label or (f"{number}." if found.is_numbered else "•")
            yield from (PART, Run(f"{label} ", marks), *self.runs(item.node.children, marks), PART)

    def shifted(self, node: Node, marks: Marks) -> Iterator[Run]:
        """Figures above and below the line have letters of their own, or 10² would be 102."""
        text = "".join(child for child in node.children if isinstance(child, str))
        if len(node.children) == 1 and _SIGNS.fullmatch(text):
            yield Run(text.translate(_RAISED if node.tag == "sup" else _LOWERED), marks)
        else:
            yield from self.runs(node.children, marks)

    def link(self, node: Node, marks: Marks) -> Iterator[Run]:
        href = node.attrs.get("href", "").strip()
        inner = list(self.runs(node.children, NO_MARKS))
        text = inline.written(inner)
        target = self.target(node, href)
        if text and target:
            yield Run(f"[{text}]({target})", marks, is_whole=True)
            return
        yield from self.runs(node.children, marks)
        said = "".join(run.text for run in inner).strip()
        if href and not href.startswith("#") and href != said:
            yield from (PART, Run(f"({href})" if text else href, marks), PART)

    def target(self, node: Node, href: str) -> str:
        """Where a link of content may lead; empty when it may not."""
        is_citation = "citation" in node.attrs.get("class", "").split()
        if is_citation and (law := _OUR_LAW.fullmatch(href)):
            return f"aturan:{law[1]}"
        is_inside = self.is_ours
        if self.site and href.startswith(f"{self.site}/"):
            href, is_inside = href.removeprefix(self.site), True
        if any(inner.tag == "a" for inner in node.all() if inner is not node):
            return ""
        if re.fullmatch(r"https://[^\s\\<>()]+", href):
            return href
        return href if is_inside and re.fullmatch(r"/(?![/\\])[^\s\\<>()]*", href) else ""

    def raw(self, node: Node) -> Iterator[str]:
        """Letters as they stand, with a new line wherever a browser begins one."""
        for child in node.children:
            if isinstance(child, str):
                yield child
            elif child.tag == "br":
                yield "\n"
            elif not child.is_silent:
                edge = "\n" if child.is_block else ("" if child.is_running else " ")
                yield from (edge, *self.stand_in(child), *self.raw(child), edge)
