"""A part of the tree that somebody may see: whole subtrees, named by their roots' paths."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.agencies.models import Unit


@dataclass(frozen=True)
class Scope:
    """The subtrees below `paths`. Empty paths cover nothing."""

    paths: tuple[str, ...]

    def covers(self, unit: Unit) -> bool:
        return any(unit.path.startswith(path) for path in self.paths)

    def condition(self) -> sa.ColumnElement[bool]:
        """A WHERE clause on Unit; nothing matches an empty scope."""
        return sa.or_(sa.false(), *(Unit.path.startswith(path) for path in self.paths))
