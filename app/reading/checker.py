"""Everything that can be wrong with content, in one sorted list."""

from collections.abc import Callable, Iterator
from datetime import date

from app.reading.checks import (
    acts,
    blueprints,
    cases,
    courses,
    freshness,
    giveaways,
    identity,
    law,
    pledges,
    prose,
    readings,
    stale,
)
from app.reading.mistakes import Mistake
from app.reading.tree import Tree

RULES: tuple[Callable[[Tree], Iterator[Mistake]], ...] = (
    identity.check,
    law.check,
    cases.check,
    acts.check,
    courses.check,
    blueprints.check,
    pledges.check,
    prose.check,
    readings.check,
    stale.check,
    giveaways.check,
)


def check(tree: Tree, today: date) -> tuple[Mistake, ...]:
    """Errors and warnings of all files, by path and line."""
    found = {*tree.mistakes, *freshness.check(tree, today)}
    for rule in RULES:
        found.update(rule(tree))
    return tuple(sorted(found))
