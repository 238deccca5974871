"""A part of the tree that somebody may see: whole subtrees, named by their roots' paths."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.agencies.models import Unit


@dataclass(frozen=True)
class Scope:
    """The subtrees below `paths`, less those below `without`. Empty paths cover nothing."""

    paths: tuple[str, ...]
    without: tuple[str, ...] = ()

    def covers(self, unit: Unit) -> bool:
        return unit.path.startswith(self.paths) and not unit.path.startswith(self.without)

    def condition(self) -> sa.ColumnElement[bool]:
        """A WHERE clause on Unit; nothing matches an empty scope."""
        return sa.and_(_below(self.paths), sa.not_(_below(self.without)))


def _below(paths: tuple[str, ...]) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(Unit.path.startswith(path) for path in paths))
