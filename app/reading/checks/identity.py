"""Every file is what its place says, under a name of its own."""

import re
from collections import Counter
from collections.abc import Iterator

from app.catalog.lexicon import entries
from app.reading.files import Sort
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.tree import Tree

#: Sorts whose files write down their own name, and under which key.
_NAMED = {Sort.REGULATION: "id", Sort.SCENARIO: "id", Sort.PLEDGE: "edition"}


def check(tree: Tree) -> Iterator[Mistake]:
    for sort, key in _NAMED.items():
        yield from _names(tree.of(sort), key)
    for page in tree.of(Sort.SCENARIO):
        topic = page.row["topic"]
        if topic is not None and topic != page.file.folder:
            yield page.error(
                page.row.line_of("topic"),
                f"Topik “{topic}” tidak sama dengan nama folder “{page.file.folder}”.",
            )
    for page in tree.of(Sort.LEXICON):
        yield from _twice(page)


def _twice(lexicon: Page) -> Iterator[Mistake]:
    """An entry has one meaning, in every language that has it."""
    ignored, same = lexicon.row["ignored"], lexicon.row["same"]
    found = Counter(entries(ignored or (), same or {}))
    for entry, times in found.items():
        if times > 1:
            yield lexicon.error(
                _line_of(lexicon, entry), f"Kata “{entry}” ditulis {times} kali dalam kamus."
            )
    for entry, meanings in _meanings(lexicon).items():
        if len(meanings) > 1:
            yield lexicon.error(
                _line_of(lexicon, entry), f"Kata daerah “{entry}” mempunyai dua arti dalam kamus."
            )


def _meanings(lexicon: Page) -> dict[str, set[str]]:
    """What each entry means in the languages that have it; empty for what says nothing."""
    found: dict[str, set[str]] = {}
    for words in (lexicon.row, *(lexicon.row["regional"] or {}).values()):
        for line in words["ignored"] or ():
            for entry in line:
                found.setdefault(entry, set()).add("")
        for meaning, variants in (words["same"] or {}).items():
            for entry in variants:
                found.setdefault(entry, set()).add(meaning)
    return found


def _line_of(lexicon: Page, entry: str) -> int:
    """The last line on which an entry stands: where it is one too many."""
    word = re.compile(
        rf"(?<![a-z0-9 ]){re.escape(entry)}(?![a-z0-9 ])|[\[,] *{re.escape(entry)} *[,\]]"
    )
    lines = enumerate(lexicon.file.text.split("\n"), start=1)
    return max((number for number, text in lines if word.search(text)), default=1)


def _names(pages: list[Page], key: str) -> Iterator[Mistake]:
    owners: dict[str, Page] = {}
    for page in pages:
        written, line = page.row[key], page.row.line_of(key)
        if written is None:
            continue
        if written != page.file.name:
            yield page.error(
                line, f"Isian “{key}” ({written}) tidak sama dengan nama berkas ({page.file.name})."
            )
        if owner := owners.get(written):
            yield page.error(line, f"Nama “{written}” sudah dipakai oleh {owner.file.path}.")
        owners.setdefault(written, page)
