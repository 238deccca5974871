"""Whoever is signed in, as plain values: what every page asks, without one row as an object."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from app.accounts.models import Role
from app.agencies.scope import Scope
from app.catalog.terms import PersonStatus
from app.core import clock

#: Nobody is reminded of an end that is further away: in a demo there is none.
REMINDED_FOR = timedelta(days=100)


class Office(NamedTuple):
    """The instansi, as the frame of a page names it."""

    id: int
    name: str
    office_name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Reader:
    """The owner of a live session. Where a query wants to know whose rows, `id` is the person's."""

    sign_in_id: int
    seen_at: datetime
    #: Whether a second factor is set up, and from when on a desk wants one.
    has_factor: bool
    factor_due_at: datetime | None
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
    def is_desk(self) -> bool:
        """Whether the reader holds any role besides that of a learner."""
        return bool(self.grants)

    @property
    def is_overdue(self) -> bool:
        """Whether the grace for setting up a second factor is over."""
        due = self.factor_due_at
        return not self.has_factor and due is not None and due <= clock.now()

    @property
    def asked_by(self) -> datetime | None:
        """Until when a desk is open without a second factor, where that is worth a reminder."""
        due = self.factor_due_at
        if self.has_factor or not self.grants or due is None:
            return None
        return due if due - clock.now() <= REMINDED_FOR else None

    @property
    def roles(self) -> frozenset[Role]:
        """On any unit; everybody is a learner."""
        return frozenset({Role.LEARNER, *(role for role, _ in self.grants)})

    def scope(self, *roles: Role) -> Scope:
        """The part of the tree where the reader holds any of the roles."""
        return Scope(tuple(path for role, path in self.grants if role in roles))
