"""A part of the tree that somebody may see: whole subtrees, named by their roots' paths."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.agencies.models import Person, Unit
from app.agencies.paths import way_of

#: The column of a path.
Path = sa.SQLColumnExpression[str]
#: Slashes in the path of a unit that stands for its instansi: "/1/".
ROOT = 2


@dataclass(frozen=True)
class Scope:
    """The subtrees below `paths`, less those below `without`. Empty paths cover nothing."""

    paths: tuple[str, ...]
    without: tuple[str, ...] = ()

    def covers(self, unit: Unit) -> bool:
        return unit.path.startswith(self.paths) and not unit.path.startswith(self.without)

    def above(self) -> frozenset[int]:
        """Ids of the units above these subtrees, up to their roots."""
        return frozenset(id for path in self.paths for id in way_of(path)[:-1])

    def condition(self, path: Path = Unit.path) -> sa.ColumnElement[bool]:
        """A WHERE clause on units, or on lines of their history; nothing matches an empty scope."""
        return sa.and_(_below(self.paths, path), sa.not_(_below(self.without, path)))

    def people(self, path: Path = Unit.path) -> sa.ColumnElement[bool]:
        """A WHERE clause on people and the units, or lines of units, that they are joined with.

        The people of a whole instansi are found by that: by their units alone PostgreSQL would
        read the people of all of them, and by both it counts on far too few.
        """
        home = self._home()
        if home is None:
            return self.condition(path)
        return sa.and_(Person.agency_id == home, sa.not_(_below(self.without, path)))

    def of_agency(self, column: sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:
        """Whether a row is of the instansi that this scope is; of any where it is not one whole."""
        home = self._home()
        return sa.true() if home is None else column == home

    def _home(self) -> sa.ScalarSelect[int] | None:
        """The instansi whose root is one of the paths, if all others are below it."""
        highest = min(self.paths, key=len, default="")
        if highest.count("/") != ROOT or not all(path.startswith(highest) for path in self.paths):
            return None
        root = sa.orm.aliased(Unit)
        return sa.select(root.agency_id).where(root.path == highest).scalar_subquery()


def _below(paths: tuple[str, ...], column: Path) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(column.startswith(path) for path in paths))
