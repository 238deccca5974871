"""A pledge has its three parts, in plain words."""

from collections.abc import Iterator

from app.reading.files import Sort
from app.reading.mistakes import Mistake
from app.reading.pledges import BadPledge, pledge_text
from app.reading.tree import Tree


def check(tree: Tree) -> Iterator[Mistake]:
    for page in tree.of(Sort.PLEDGE):
        try:
            pledge_text(page.sections["body"])
        except BadPledge as bad:
            yield page.error(bad.line, bad.message)
