"""The deed a verdict is said with, and the case next door that a reader may have meant."""

import re
from collections.abc import Iterator

from app.catalog.terms import Facet, Verdict
from app.reading.files import Sort
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.tree import Tree, is_published

#: Characters. What fits on one line of a phone, with the verdict below it.
LONGEST_ACT, LONGEST_FACET = 44, 40

#: An act names a deed; the verdict is said by the page.
_JUDGES = re.compile(r"\b(?:boleh|bolehkah|dilarang|terlarang|sanksi|bergantung)\b|[?!:.]", re.I)
_AFFIXES = re.compile(r"^(?:me(?:ng|ny|m|n)?|ber|ter|di|pe[nm]?)|(?:kan|an|i)$")


def check(tree: Tree) -> Iterator[Mistake]:
    for page in tree.of(Sort.SCENARIO):
        yield from _act(page)
        yield from _facets(page)
        yield from _twin(page, tree)


def _act(page: Page) -> Iterator[Mistake]:
    act = page.row["act"]
    if act is None:
        if is_published(page):
            yield page.error(page.row.line, "Kasus terbit memerlukan isian “act”.")
        return
    line = page.row.line_of("act")
    for fault in faults(act):
        yield page.error(line, fault)
    if not _names_the_deed(act, page):
        yield page.error(
            line, "Kata pertama “act” harus juga ada dalam pertanyaan, situasi, atau asked_like."
        )


def faults(act: str) -> Iterator[str]:
    """What is wrong with an act by itself."""
    if len(act) > LONGEST_ACT:
        yield f"Isian “act” paling panjang {LONGEST_ACT} huruf."
    if not act[:1].isupper() or _JUDGES.search(act):
        yield "Isian “act” menyebut perbuatannya saja, diawali huruf besar, tanpa vonis."


def _names_the_deed(act: str, page: Page) -> bool:
    """Its first word, or the root of that, is a word of the case."""
    row, first = page.row, act.split()[0].casefold()
    root = _AFFIXES.sub("", first)
    sections = (passage.source for passage in page.passages)
    said = " ".join((row["question"] or "", *(row["asked_like"] or ()), *sections)).casefold()
    return first in said or (len(root) > 2 and root in said)


def _facets(page: Page) -> Iterator[Mistake]:
    for facet, text in (page.row["facets"] or {}).items():
        if text and len(text) > LONGEST_FACET:
            yield page.error(
                page.row["facets"].line_of(facet),
                f"Isian “facets.{facet}” paling panjang {LONGEST_FACET} huruf.",
            )


def _twin(page: Page, tree: Tree) -> Iterator[Mistake]:
    id, line = page.row["twin"], page.row.line_of("twin")
    if id is None:
        return
    twin = tree.scenarios.get(id)
    if twin is None or twin is page:
        yield page.error(line, f"Kasus kembar “{id}” tidak ada.")
    elif is_published(page) and not is_published(twin):
        yield page.error(line, f"Kasus kembar “{id}” belum terbit.")
    elif _verdicts(page) == _verdicts(twin):
        yield page.error(line, f"Kasus kembar “{id}” bervonis sama; tidak ada yang tertukar.")
    elif not _told_apart(page, twin):
        yield page.error(line, f"Tidak ada “facets” yang membedakan kasus ini dari “{id}”.")


def _verdicts(page: Page) -> set[Verdict]:
    return {row["verdict"] for row in page.row["verdicts"] or () if not row["for"]}


def _told_apart(page: Page, twin: Page) -> bool:
    ours, theirs = page.row["facets"] or {}, twin.row["facets"] or {}
    return any(
        ours.get(facet) and theirs.get(facet) and ours[facet] != theirs[facet] for facet in Facet
    )
