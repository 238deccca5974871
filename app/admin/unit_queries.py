"""What the pages of units show: the tree with its people, one unit with all about it."""

from collections import defaultdict
from dataclasses import dataclass, field

import sqlalchemy as sa

from app.agencies import queries as agencies
from app.agencies.aliases import folded
from app.agencies.models import Agency, Person, Unit, UnitAlias
from app.agencies.scope import Scope
from app.core.db import db


@dataclass
class Branch:
    """A unit with its people, those of all below it, and the branches below it."""

    unit: Unit
    people: int = 0
    everybody: int = 0
    #: The names of the units above, from the top of what is seen, without the top itself.
    above: tuple[str, ...] = ()
    branches: list["Branch"] = field(default_factory=list)

    @property
    def units(self) -> int:
        """How many units stand below."""
        return sum(1 + one.units for one in self.branches)


def trees_of(scope: Scope) -> list[Branch]:
    """The open units of a scope, as trees."""
    counts = people_by_unit(scope)
    found: dict[int, Branch] = {}
    tops = []
    for unit in agencies.units_in(scope):
        branch = found[unit.id] = Branch(unit, counts.get(unit.id, 0))
        parent = found.get(unit.parent_id or 0)
        if parent is None:
            tops.append(branch)
            continue
        parent.branches.append(branch)
        branch.above = (*parent.above, parent.unit.name) if parent.unit.parent_id else ()
    for branch in reversed(found.values()):
        branch.everybody = branch.people + sum(one.everybody for one in branch.branches)
    return tops


def all_of(trees: list[Branch]) -> list[Branch]:
    """Every branch, from the top."""
    return [one for tree in trees for one in (tree, *all_of(tree.branches))]


def matching(trees: list[Branch], search: str, agency: Agency) -> list[Branch]:
    """Branches whose code, name or other names hold every word that is looked for."""
    aliases, wanted = agencies.aliases_of(agency), folded(search).split()
    return [
        one
        for one in all_of(trees)
        if all(
            word in folded(" ".join((one.unit.code, one.unit.name, *aliases.get(one.unit.id, ()))))
            for word in wanted
        )
    ]


def people_by_unit(scope: Scope) -> dict[int, int]:
    """Active people who sit in each unit of a scope."""
    query = (
        sa.select(Person.unit_id, sa.func.count(Person.id))
        .join(Unit, Unit.id == Person.unit_id)
        .where(scope.people(), Person.is_active)
        .group_by(Person.unit_id)
    )
    found: dict[int, int] = defaultdict(int)
    for unit_id, people in db.session.execute(query):
        found[unit_id] = people
    return found


def aliases_of(unit: Unit) -> list[UnitAlias]:
    """Other names of one unit."""
    query = sa.select(UnitAlias).where(UnitAlias.unit_id == unit.id).order_by(UnitAlias.text)
    return list(db.session.scalars(query))


def parents_at(ids: list[int | None]) -> dict[int, str]:
    """Names of the units under which a unit has stood, as they are now."""
    wanted = [id for id in ids if id is not None]
    query = sa.select(Unit.id, Unit.name).where(Unit.id.in_(wanted))
    return dict(db.session.execute(query).tuples().all())
