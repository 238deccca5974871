"""A pledge has its three parts, in plain words."""

from collections.abc import Iterator

from app.catalog.files import Sort
from app.catalog.mistakes import Mistake
from app.catalog.pledges import BadPledge, pledge_text
from app.catalog.tree import Tree


def check(tree: Tree) -> Iterator[Mistake]:
    for page in tree.of(Sort.PLEDGE):
        try:
            pledge_text(page.sections["body"])
        except BadPledge as bad:
            yield page.error(bad.line, bad.message)
