"""The elements of HTML, by what they do to the words inside them.

Words in a *running* element run on with what stands around it, what is *apart* stands in the line
but touches nothing, and every other element of HTML is a block. What HTML does not know (pieces of
drawings and formulas) is apart. So an element that nobody thought of can part two words too many,
but never glue two into one.
"""

import re
from collections.abc import Mapping


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


RUNNING = _names(
    "a abbr acronym b basefont bdi bdo big blink cite code data del dfn em font i ins kbd mark "
    "nobr q ruby s samp small span strike strong sub sup time tt u var wbr"
)
APART = _names(
    "applet area audio bgsound button canvas datalist embed iframe image img input label map math "
    "meter noembed noscript object optgroup option output picture progress rp rt rtc select "
    "selectedcontent slot svg textarea video"
)
#: Without an end tag and without words.
VOID = _names(
    "area base basefont bgsound br col command embed frame hr image img input keygen link meta "
    "param source spacer track wbr"
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol", "menu", "dir"})
LITERAL = frozenset({"pre", "listing", "xmp", "plaintext"})
#: What a browser never shows as words.
SILENT = frozenset({"script", "style"})
#: In these `<` is a letter until their own end tag.
RAW = frozenset({"script", "style", "xmp", "textarea"})
#: Drawings and formulas: of their own elements only the words are known.
FOREIGN = frozenset({"svg", "math"})
STRONG = frozenset({"strong", "b"})
EMPHASIS = frozenset({"em", "i"})

_BLOCKS = HEADINGS | LISTS | LITERAL | SILENT
_BLOCKS |= _names(
    "address article aside base blockquote body br caption center col colgroup command dd details "
    "dialog div dl dt fieldset figcaption figure footer form frame frameset head header hgroup hr "
    "html isindex keygen legend li link main marquee meta nav noframes p param search section "
    "source spacer summary table tbody td template tfoot th thead title tr track"
)
KNOWN = RUNNING | APART | _BLOCKS

#: What ends an element whose end tag people leave out.
CLOSED_BY = {
    "a": {"a"},
    "p": KNOWN - RUNNING - APART - {"br"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "option": {"option", "optgroup"},
    "optgroup": {"optgroup"},
    "caption": {"tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"},
    "td": {"td", "th", "tr", "thead", "tbody", "tfoot"},
    "th": {"td", "th", "tr", "thead", "tbody", "tfoot"},
    "tr": {"tr", "thead", "tbody", "tfoot"},
    "thead": {"tbody", "tfoot"},
    "tbody": {"tbody", "tfoot"},
}
#: Whose end tag people forget, so that its lack says nothing.
_SLOPPY = frozenset(CLOSED_BY) | HEADINGS | LISTS | STRONG | EMPHASIS
_SLOPPY |= _names("body center div font html nobr pre small span table tfoot u")
#: Void elements that are written without attributes.
_BARE = frozenset({"br", "col", "hr", "img", "input", "wbr"})
_OFFICE = re.compile(r"(?:o|w|v|m|x|st\d|wp|a|pic|dir):\w+", re.IGNORECASE)
_SWITCHES = _names(
    "allowfullscreen async autofocus autoplay checked compact controls declare default defer "
    "disabled download formnovalidate hidden inert ismap itemscope loop mozallowfullscreen "
    "multiple muted nohref nomodule noresize noshade novalidate nowrap open playsinline readonly "
    "required reversed selected webkitallowfullscreen"
)
_HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SLANTED = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_SHOWN = re.compile(r"display\s*:\s*(?!inline\s*(?:$|[;!])|none|contents|inherit)", re.IGNORECASE)


def is_block(tag: str, attrs: Mapping[str, str]) -> bool:
    """Whether an element begins a line of its own; a comment never does."""
    if tag.startswith("#"):
        return tag == "#end"
    if tag in RUNNING:
        return _SHOWN.search(attrs.get("style", "")) is not None
    return tag in _BLOCKS and (tag not in VOID or tag in ("hr", "frame"))


def marks_of(tag: str, attrs: Mapping[str, str]) -> frozenset[str]:
    """`**` and `*`, as far as an element sets its words in bold or italics."""
    style = attrs.get("style", "")
    found = {"**"} if tag in STRONG or _HEAVY.search(style) else set()
    return frozenset(found | ({"*"} if tag in EMPHASIS or _SLANTED.search(style) else set()))


def is_known(tag: str) -> bool:
    return tag in KNOWN or _OFFICE.fullmatch(tag) is not None


def is_markup(tag: str, attrs: Mapping[str, str | None], *, has_end: bool) -> bool:
    """Whether `<tag …>` is an element, and not words in angle brackets like `<nama calon>`."""
    if _OFFICE.fullmatch(tag):
        return True
    if tag not in KNOWN or not all(map(_is_attribute, attrs.items())):
        return False
    if attrs:
        return True
    return tag in _BARE if tag in VOID else has_end or tag in _SLOPPY


def _is_attribute(attribute: tuple[str, str | None]) -> bool:
    name, value = attribute
    return value is not None or name in _SWITCHES or name.startswith(("data-", "aria-"))
