"""Every file is what its place says, under a name of its own."""

from collections.abc import Iterator

from app.catalog.files import Sort
from app.catalog.mistakes import Mistake
from app.catalog.pages import Page
from app.catalog.tree import Tree

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
