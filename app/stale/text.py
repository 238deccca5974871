"""Any text as the sentences that a reader sees, each with its place in what was given.

Letters, e-mail, chats, slides and Markdown all end up here: typographic blanks and hyphens become
plain ones, markup goes, wrapped lines join, and lists and tables keep what their heading says.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

#: A sentence longer than this is read in pieces: what excuses a claim stands near it.
LONGEST = 1500
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the plain text."""

    #: Where it begins in the plain text.
    start: int
    #: Every blank is a space, so a pattern need not know about lines.
    text: str
    #: The line that announces the list in which the sentence stands.
    lead: str = ""
    #: Parts that stand in a column called “Keliru” or “Dahulu”.
    crossed_out: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Plain:
    """Text without markup that remembers where each character came from."""

    text: str
    _starts: list[int]
    _gone: list[int]

    def origin(self, position: int) -> int:
        """The place in the given text of a place in the plain one."""
        return position + self._gone[bisect_right(self._starts, position) - 1]


# --- plain characters -----------------------------------------------------------------------------

_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SINGLE = {
    **dict.fromkeys(map(chr, range(32)), " "),
    **dict.fromkeys("\x7f\x85\u2028\u2029", " "),
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛ʼ′´", "'"),
    "\n": "\n",
    "\t": "\t",
}
#: What parts words that belong together, or shows nothing. Bounded: nobody's paste may make one
#: character cost the whole text.
_MARKUP = re.compile(
    r"~~[^~\n]{1,200}~~"
    r"|\]\([^)\n]{0,500}\)"
    r"|\*+(?=\S)|(?<=\S)\*+|(?<!\w)_+(?=\w)|(?<=[^\W_])_+(?!\w)|[`\[\]]"
    r"|</?[A-Za-z][^<>\n]{0,200}>|&nbsp;"
    r"|[\u200b-\u200f\u202a-\u202e\u2060\ufe0e\ufe0f\ufeff\u00ad]"
    r"|(?<=[A-Za-z])-[ \t]*\n[ \t]*(?=[a-z])"
    r"|(?<= ) +|(?<=\t)\t+"
)
_BLANKS = re.compile(r"[ \t]{2,}")
#: Quoted lines after the first one of a quotation.
_QUOTED = re.compile(r"(?m)^([ \t]*>[^\n]*\n)((?:[ \t]*>[^\n]*(?:\n|\Z))+)")
_QUOTE_MARK = re.compile(r"(?m)^[ \t>]+")


def plain(text: str) -> Plain:
    """`text` in plain characters, without markup."""
    text = _in_plain_characters(text)
    text = _QUOTED.sub(lambda run: run[1] + _QUOTE_MARK.sub(_blanks, run[2]), text)
    text = _BLANKS.sub(_blanks, text)
    pieces, starts, gone = [], [0], [0]
    position = length = 0
    for match in _MARKUP.finditer(text):
        pieces.append(text[position : match.start()])
        length += match.start() - position
        position = match.end()
        starts.append(length)
        gone.append(position - length)
    pieces.append(text[position:])
    return Plain("".join(pieces), starts, gone)


def _blanks(match: re.Match[str]) -> str:
    """As many blanks, all tabs if one of them is: a tab parts the cells of a row."""
    return ("\t" if "\t" in match[0] else " ") * len(match[0])


def _in_plain_characters(text: str) -> str:
    """Character for character, so that every place stays where it is."""
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    return text.translate({ord(one): _plain_character(one) for one in set(text)})


def _plain_character(one: str) -> str:
    if one in _SINGLE:
        return _SINGLE[one]
    if one.isascii():
        return one
    if one.isspace():
        return " "
    simple = unicodedata.normalize("NFKC", one)
    return simple if len(simple) == 1 else one


# --- blocks ---------------------------------------------------------------------------------------

_ITEM = re.compile(
    r"[ \t]*(?:(?P<number>\d{1,3}[.)])|(?P<paren>\(\d{1,2}\))|(?P<letter>[A-Za-z][.)])"
    r"|(?P<paren_letter>\([a-z]\))|(?P<heading>#{1,6})"
    r"|(?P<bullet>[-+•·▪◦●○■□✓✔✅➢➤►▶👉🔹🔸📌☑]))(?:\s|$)"
)
_ITEMS = frozenset({"number", "paren", "letter", "paren_letter", "bullet"})
#: `Nomor : 800/12`, `Mitos: …`: a line that says what it is begins anew.
_LABEL = re.compile(r"[ \t]*[A-Za-z_][\w /]{0,24}[ \t]*:(?:\s|$)")
#: After these a line goes on with a number or a letter that is no list item.
_UNFINISHED = re.compile(
    r"\b(?:ayat|pasal|huruf|angka|nomor|no|tahun|butir|jo|juncto|undang)\.?\s*$"
    r"|\b(?:ayat|huruf|angka) \(?\w{1,2}\)?,?(?: dan| atau)?\s*$",
    re.IGNORECASE,
)
#: A heading or a lead-in under which nothing is said to be in force.
NOT_IN_FORCE = re.compile(
    r"\b(?:keliru|salah(?! satu| seorang| sebuah)|mitos|hoaks|hoax|usang|basi|kedaluwarsa"
    r"|(?<!paling )lama|(?<!terlebih )(?<!lebih )(?:dulu|dahulu)|semula|sebelumnya|dicabut|mencabut"
    r"|tidak (?:lagi )?berlaku|dihapus|riwayat|sejarah|historis"
    r"|jangan (?:lagi )?(?:di|me)\w+)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Block:
    """Lines that belong together: a paragraph, an item, a row."""

    start: int
    end: int
    kind: str
    lead: str = ""
    crossed_out: tuple[Span, ...] = ()


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a plain text."""
    flat = re.sub(r"\s", " ", text)
    for block in _with_leads(text, _blocks(text)):
        for start, end in _spans(flat, block):
            out = tuple((a - start, b - start) for a, b in block.crossed_out)
            yield Sentence(start, flat[start:end], block.lead, out)


def _blocks(text: str) -> Iterator[_Block]:
    block, last, position = None, "", 0
    for line in text.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        kind = _kind(line, last)
        if block and (kind or block.kind in ("row", "heading")):
            yield block
            block = None
        if kind != "blank":
            block = block or _Block(start, end, kind or "text")
            block.end = end
        last = line
    if block:
        yield block


def _kind(line: str, last: str) -> str | None:
    """What begins with this line; None when it goes on with what the last one began."""
    stripped = line.lstrip()
    if not stripped:
        return "blank"
    item = _ITEM.match(line)
    rest = line[item.end() :] if item else line
    if stripped[0] == "|" or " | " in line or len([c for c in rest.split("\t") if c.strip()]) > 1:
        return "row"
    if item and not _UNFINISHED.search(last[-60:]):
        return item.lastgroup
    if _LABEL.match(line):
        return "label"
    return "quote" if stripped[0] == ">" else None


def _with_leads(text: str, blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Each block with what announces it: `Sudah dicabut:` above a list, the head of a column."""
    lead, inner, inner_kind, header = "", "", None, None
    for block in blocks:
        said = text[block.start : block.end].strip()[-LONGEST:]
        if block.kind == "row":
            header = header or _cells(text, block)
            block.crossed_out = _crossed_out(text, block, header)
        elif block.kind in _ITEMS:
            if block.kind == inner_kind:
                inner, inner_kind = "", None
            block.lead = f"{lead} {inner}".strip()
            if said.endswith(":"):
                inner, inner_kind = said, block.kind
        else:
            lead, inner, inner_kind = said if _announces(said) else "", "", None
        if block.kind != "row":
            header = None
        yield block


def _announces(said: str) -> bool:
    """Whether a block speaks for the list under it: it ends in a colon, or is a short heading."""
    return said.endswith(":") or (len(said) <= 60 and said[-1:] not in ".!?;")


def _cells(text: str, block: _Block) -> list[Span]:
    """Where the cells of a table row stand."""
    row = text[block.start : block.end]
    return [(block.start + c.start(), block.start + c.end()) for c in re.finditer(r"[^|\t]+", row)]


def _crossed_out(text: str, block: _Block, header: list[Span]) -> tuple[Span, ...]:
    heads = [bool(NOT_IN_FORCE.search(text[a:b])) for a, b in header]
    if all(heads) or not any(heads):
        return ()
    return tuple(c for c, is_out in zip(_cells(text, block), heads, strict=False) if is_out)


# --- sentences ------------------------------------------------------------------------------------

_STOP = re.compile(r"[!?.][\"')_]*(?:\s+|$)")
_LAST_WORD = re.compile(r"[\w.]*$")
_ABBREVIATION = re.compile(
    r"no|nomor|[jy]o|juncto|ps|psl|ay|an|a\.n|ub|u\.b|u\.p|d\.a|cq|c\.q|yth|dll|dsb|dst|dkk|hlm|tgl"
    r"|bpk|sdri?|kab|prov|kec|kel|jln?|gd|tk|gol|tt|ttd|thn?|rp|sd|s\.d|dra?|drs|ir|prof|hj|st|ka|pl[th]"
    r"|pjs?|kep|per|sek|bid|kasi|kasubag|min|rt|rw|telp?|vs|r\.i|u\.u|p\.p|[ams]\.[a-z]{1,4}|ph\.d|b\.a"
)


def _spans(flat: str, block: _Block) -> Iterator[Span]:
    """Where the sentences of a block stand; none is longer than LONGEST."""
    start = block.start
    for stop in () if block.kind == "row" else _STOP.finditer(flat, start, block.end):
        if _ends(flat, start, stop, block.end):
            yield from _pieces(flat, start, stop.end())
            start = stop.end()
    if flat[start : block.end].strip():
        yield from _pieces(flat, start, block.end)


def _ends(flat: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether a sentence ends here: not after `No.`, `Jo.`, an initial or the number of an item."""
    if stop[0][0] != ".":
        return True
    last = _LAST_WORD.search(flat, max(start, stop.start() - 12), stop.start())
    word = last[0].casefold().rstrip(".") if last else ""
    if _ABBREVIATION.fullmatch(word) or (len(word) == 1 and word.isalpha()):
        return False
    if stop.start() - start < 12 and flat[start : stop.start()].strip(" (").isdigit():
        return False
    following = flat[stop.end() : min(stop.end() + 3, end)].lstrip("\"'(_*")[:1]
    if following.islower() or following.isdigit():
        return len(word) > 3 and word.isalpha()
    return True


def _pieces(flat: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        cut = flat.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        yield start, cut
        start = cut
    yield start, end
