"""Whom an assignment means, among the people of its part of the tree. Pure.

Every narrowing narrows further. Positions are read from their names (`agencies.positions`), which
no database can do: so queries ask which names occur, and this rule says which of them are meant.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.agencies.positions import Level, position_of
from app.catalog.terms import PersonStatus


@dataclass(frozen=True)
class Holder:
    """What is known of a person as an audience sees her."""

    status: PersonStatus
    position: str
    #: Whether a desk named her as the head of her unit.
    is_named_head: bool = False


@dataclass(frozen=True)
class Audience:
    """Empty `levels` and `words` narrow nothing; empty `statuses` mean nobody."""

    statuses: frozenset[PersonStatus]
    levels: frozenset[Level] = frozenset()
    #: Parts of the name of a position, in small letters; one of them is enough.
    words: tuple[str, ...] = ()
    leaders_only: bool = False

    @property
    def asks_positions(self) -> bool:
        return bool(self.levels or self.words or self.leaders_only)


def is_meant(holder: Holder, audience: Audience) -> bool:
    if holder.status not in audience.statuses:
        return False
    level = position_of(holder.position, holder.status).level
    if audience.leaders_only and level is None and not holder.is_named_head:
        return False
    if audience.levels and level not in audience.levels:
        return False
    name = holder.position.casefold()
    return not audience.words or any(word in name for word in audience.words)


def is_head(holder: Holder) -> bool:
    """Whether the unit in which somebody works is hers to lead."""
    return holder.is_named_head or position_of(holder.position, holder.status).is_head


def words_of(text: str) -> tuple[str, ...]:
    """`Guru, Kepala Sekolah` as an audience keeps it."""
    return tuple(sorted({" ".join(one.casefold().split()) for one in text.split(",")} - {""}))


def names_meant(
    names: Iterable[tuple[PersonStatus, str]], audience: Audience, *, as_named_head: bool = False
) -> set[tuple[PersonStatus, str]]:
    """Which of these statuses with names of positions are meant."""
    return {
        (status, name)
        for status, name in names
        if is_meant(Holder(status, name, as_named_head), audience)
    }
