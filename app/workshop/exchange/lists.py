"""The items of a list wherever they stand in it, and what stands between them."""

import re
from dataclasses import dataclass, field

from app.workshop.exchange.elements import LISTS
from app.workshop.exchange.trees import Node

_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*((?:lower|upper)-(?:alpha|latin|roman))")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True)
class Item:
    #: The `li` itself, or an invented one for what stands outside any.
    node: Node
    #: What a reader sees before it where the list counts by letters, backwards or in leaps.
    label: str = ""


@dataclass(slots=True)
class Listing:
    #: What stands before the first item.
    before: list[Node | str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    is_numbered: bool = False
    first: int = 1


def read(node: Node) -> Listing:
    found = Listing(is_numbered=node.tag == "ol")
    _walk(node, found)
    if found.is_numbered:
        _number(node, found)
    return found


def _walk(node: Node, found: Listing) -> None:
    _place(found).append(Node("#end"))
    for child in node.children:
        if isinstance(child, Node) and child.tag == "li":
            found.items.append(Item(Node("li", child.attrs, list(child.children))))
        elif isinstance(child, Node) and child.tag not in LISTS and _holds_items(child):
            _walk(child, found)
        else:
            _place(found).append(child)
        if isinstance(child, Node) and child.tag == "li":
            _place(found).append(Node("#end"))
    _place(found).append(Node("#end"))


def _place(found: Listing) -> list[Node | str]:
    """Belongs to the item before it, as a browser shows it."""
    return found.items[-1].node.children if found.items else found.before


def _holds_items(node: Node) -> bool:
    """Items of this list, not of one inside it."""
    inner = (child for child in node.children if isinstance(child, Node))
    return any(c.tag == "li" or (c.tag not in LISTS and _holds_items(c)) for c in inner)


def _number(node: Node, found: Listing) -> None:
    """Markdown counts by ones from `first`; any other count is written out in labels."""
    style = _STYLE.search(node.attrs.get("style", ""))
    kind = style[1].replace("latin", "alpha") if style else _TYPES.get(node.attrs.get("type", ""))
    step = -1 if "reversed" in node.attrs else 1
    start = _whole(node.attrs.get("start", ""), 1 if step > 0 else len(found.items))
    numbers: list[int] = []
    for item in found.items:
        following = numbers[-1] + step if numbers else start
        numbers.append(_whole(item.node.attrs.get("value", ""), following))
    found.first = numbers[0] if numbers else 1
    is_plain = numbers == list(range(found.first, found.first + len(numbers)))
    if is_plain and kind is None and 0 <= found.first <= 999_999:
        return
    found.is_numbered = False
    for item, number in zip(found.items, numbers, strict=True):
        item.label = f"{_label(number, kind)}."


def _whole(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\s*-?[0-9]{1,6}\s*", text) else otherwise


def _label(number: int, kind: str | None) -> str:
    if kind is None or not 0 < number < 40:
        return str(number)
    text = _roman(number) if kind.endswith("roman") else _alpha(number)
    return text.upper() if kind.startswith("upper") else text


def _alpha(number: int) -> str:
    letter = chr(ord("a") + (number - 1) % 26)
    return f"a{letter}" if number > 26 else letter


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text
