"""Blocks of Markdown as texts: what may follow what, and what code is fenced in."""

import re
from itertools import pairwise

#: How a block begins that is no paragraph, and one that may follow a paragraph at once.
_BLOCK = re.compile(r"[-*>|] |\*\*\*$|```|\d+[.)] ", re.MULTILINE)
_INTERRUPTS = re.compile(r"[-*>|] |\*\*\*$|```|1[.)] ", re.MULTILINE)
_LIST = re.compile(r"\d*([-*.)])(?: |$)", re.MULTILINE)


def beside(before: list[str], after: list[str]) -> list[str]:
    """Two lists on end, the second with other marks: else they would be one and count on."""
    if before and after and (mark := _LIST.match(before[-1])) and (own := _LIST.match(after[0])):
        end = {".": ")", ")": ".", "-": "*", "*": "-"}[own[1]]
        if mark[1] == own[1]:
            other = re.sub(rf"(?m)^(\d*)\{own[1]}(?= |$)", rf"\g<1>{end}", after[0])
            return [*before, other, *after[1:]]
    return [*before, *after]


def is_block(text: str) -> bool:
    """Whether Markdown begins with a list, a table, a quote or code, and not with words."""
    return _BLOCK.match(text) is not None


def needs_air(blocks: list[str]) -> bool:
    """Whether a block would run into the one before it without an empty line."""
    return any(is_block(first) or not _INTERRUPTS.match(later) for first, later in pairwise(blocks))


def code(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        return ""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def fenced(text: str) -> list[str]:
    text = text.strip("\n")
    if not text.strip():
        return []
    fence = "`" * max(3, max(map(len, re.findall("`+", text)), default=0) + 1)
    return [f"{fence}\n{text}\n{fence}"]
