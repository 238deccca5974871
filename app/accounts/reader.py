"""Whoever is signed in, as plain values: what every page asks, without one row as an object."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.accounts.models import Role
from app.agencies.scope import Scope
from app.catalog.terms import PersonStatus


class Office(NamedTuple):
    """The instansi, as the frame of a page names it."""

    id: int
    name: str
    office_name: str


@dataclass(frozen=True, slots=True)
class Reader:
    """The owner of a live session. Where a query wants to know whose rows, `id` is the person's."""

    sign_in_id: int
    seen_at: datetime
    id: int
    number: str
    full_name: str
    status: PersonStatus
    agency: Office
    #: The name of the unit where the reader works.
    workplace: str
    #: (role, path of the unit) of every grant that holds.
    grants: tuple[tuple[Role, str], ...]
    #: (role, since when) of every grant that has run out.
    lapsed: tuple[tuple[Role, datetime], ...]

    @property
    def roles(self) -> frozenset[Role]:
        """On any unit; everybody is a learner."""
        return frozenset({Role.LEARNER, *(role for role, _ in self.grants)})

    def scope(self, *roles: Role) -> Scope:
        """The part of the tree where the reader holds any of the roles."""
        return Scope(tuple(path for role, path in self.grants if role in roles))
