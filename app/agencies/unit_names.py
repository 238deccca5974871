"""What a unit is called where there are 45 of that name, and which one somebody means. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from app.agencies.finding import folded
from app.agencies.paths import way_of

#: Units that a sentence names where several are meant.
NAMED = 5


class Unit(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def path(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def is_reporting(self) -> bool: ...


U = TypeVar("U", bound=Unit)


def labels_of(units: Iterable[Unit]) -> dict[int, str]:
    """`Bidang I, Dinas Kesehatan`: each with its OPD, and its code where that is still not one."""
    by_id = {unit.id: unit for unit in units}
    labels = {id: _with_opd(unit, by_id) for id, unit in by_id.items()}
    count = Counter(folded(label) for label in labels.values())
    return {
        id: f"{label} ({by_id[id].code})" if count[folded(label)] > 1 else label
        for id, label in labels.items()
    }


def _with_opd(unit: Unit, by_id: dict[int, Unit]) -> str:
    """The nearest reporting unit above is named, as far as the reader sees it."""
    if unit.is_reporting:
        return unit.name
    above = way_of(unit.path)[:-1]
    found = (by_id[id].name for id in reversed(above) if id in by_id and by_id[id].is_reporting)
    opd = next(found, None)
    return f"{unit.name}, {opd}" if opd else unit.name


def meant(typed: str, units: Sequence[U]) -> list[U]:
    """Whom the text may mean: one by its label, code or name alone, or all that have its words."""
    labels, wanted = labels_of(units), folded(typed)
    if not wanted:
        return []
    words = wanted.split()
    tries: tuple[Callable[[U], bool], ...] = (
        lambda unit: folded(labels[unit.id]) == wanted,
        lambda unit: unit.code == typed.strip(),
        lambda unit: folded(unit.name) == wanted,
        lambda unit: all(word in folded(labels[unit.id]) for word in words),
    )
    all_found = ([unit for unit in units if is_it(unit)] for is_it in tries)
    return next((found for found in all_found if found), [])


def doubt(found: Sequence[Unit], units: Sequence[Unit]) -> str | None:
    """What is asked where not exactly one is meant."""
    if not found:
        return "Tidak ada unit dengan nama atau kode itu pada bagian yang Anda kelola."
    if len(found) == 1:
        return None
    labels = labels_of(units)
    some = "; ".join(labels[unit.id] for unit in found[:NAMED])
    more = " …" if len(found) > NAMED else ""
    return f"Ada {len(found)} unit yang cocok. Tulis selengkapnya, misalnya: {some}{more}."
