"""Other names and codes of a unit, as lists spell them. A text means one unit of an agency."""

import unicodedata

import sqlalchemy as sa

from app.agencies.models import Person, Unit, UnitAlias
from app.audit import trail
from app.audit.actions import Action
from app.core.db import at_most_one, db
from app.core.errors import DomainError, NotFound


class AliasTaken(DomainError):
    """The text already means a unit; the sentence says which."""


class AliasEmpty(DomainError):
    message = "Nama lain harus memuat huruf atau angka. Tidak ada yang berubah."


def folded(text: str) -> str:
    """How names are compared: `Disdik. & Bud ` and `disdik bud` are one. Letters and digits only,
    but for the points and strokes within codes (`10.2`)."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = ["".join(c for c in word if c.isalnum() or c in ".-/") for word in plain.split()]
    return " ".join(word for word in (word.strip(".-/") for word in words) if word)


def add_alias(unit: Unit, text: str, by: Person | None) -> UnitAlias:
    """Let a text mean this unit too. Raises AliasTaken, AliasEmpty."""
    wanted = folded(text)
    if not wanted:
        raise AliasEmpty
    if (other := _named(unit, wanted)) is not None:
        raise AliasTaken(f"“{text}” sudah berarti {other.name} ({other.code}).")
    alias = UnitAlias(agency_id=unit.agency_id, unit=unit, text=text, folded=wanted)
    with at_most_one(AliasTaken(f"“{text}” sudah berarti unit lain. Tidak ada yang berubah.")):
        db.session.add(alias)
    trail.record(Action.UNIT_ALIAS_ADDED, unit, actor=by, alias=text)
    return alias


def drop_alias(unit: Unit, alias_id: int, by: Person | None) -> str:
    """Let a text no longer mean this unit; gives the text."""
    alias = db.session.get(UnitAlias, alias_id)
    if alias is None or alias.unit_id != unit.id:
        raise NotFound
    db.session.delete(alias)
    trail.record(Action.UNIT_ALIAS_REMOVED, unit, actor=by, alias=alias.text)
    return alias.text


def inherit(unit: Unit, heir: Unit, by: Person | None) -> None:
    """Let everything that meant a closed unit mean its heir, as far as it means no other."""
    db.session.execute(
        sa.update(UnitAlias).where(UnitAlias.unit_id == unit.id).values(unit_id=heir.id)
    )
    for text in (unit.code, unit.name):
        wanted = folded(text)
        if wanted and _named(unit, wanted) is None:
            add_alias(heir, text, by)


def _named(unit: Unit, wanted: str) -> Unit | None:
    """Which open unit of the agency is called so, by alias, code or name."""
    known = sa.select(Unit).join(UnitAlias, UnitAlias.unit_id == Unit.id)
    alias = db.session.scalar(
        known.where(UnitAlias.agency_id == unit.agency_id, UnitAlias.folded == wanted)
    )
    if alias is not None:
        return alias
    units = db.session.scalars(
        sa.select(Unit).where(Unit.agency_id == unit.agency_id, Unit.closed_on.is_(None))
    )
    return next((u for u in units if wanted in (folded(u.code), folded(u.name))), None)
