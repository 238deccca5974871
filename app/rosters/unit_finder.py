"""Which unit a row means: by code, name, alias, short name or full path. Pure.

What is found by a short name is taken, and said. Several that fit are told apart by what stands
above them; if that does not tell, a person is asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from app.rosters import unit_names
from app.rosters.cells import Number
from app.rosters.faults import Cause

#: Looking for a likely unit is slow; a file with more wrong ones than this needs a unit list.
SUGGESTIONS = 50
#: Codes named in a sentence about several units.
_NAMED = 5
#: Letters of a sheet's name, at most.
_CUT = 31
LIST = " Lihat namanya dalam daftar unit."


@dataclass(frozen=True)
class KnownUnit:
    id: int
    code: str
    name: str
    path: str
    #: Other names and codes by which lists call it.
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """A unit as a row names it."""

    code: str = ""
    name: str = ""
    parent: str = ""
    #: What stands around the row: headings above it, the sheet's name, the title of the list.
    hints: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        names = [name for name in (self.parent, self.name) if name]
        return " / ".join(names) or self.code


@dataclass(frozen=True)
class Found:
    """The unit, or the sentence that says why there is none; perhaps a remark about the unit."""

    unit: KnownUnit | None = None
    cause: Cause = Cause.UNIT_UNKNOWN
    sentence: str = ""
    #: What the row could mean, for somebody who is already in one of them.
    candidates: tuple[KnownUnit, ...] = ()


class UnitFinder:
    """Looks every distinct way of naming a unit up once."""

    def __init__(
        self, units: Iterable[KnownUnit], by_hand: Mapping[str, int] | None = None
    ) -> None:
        self._units = {unit.id: unit for unit in units}
        self._by_hand = {unit_names.plain(k): v for k, v in (by_hand or {}).items()}
        self._by_code = {
            name.casefold(): unit for unit in self._units.values() for name in unit.aliases
        } | {unit.code.casefold(): unit for unit in self._units.values()}
        self._by_name: dict[str, list[KnownUnit]] = defaultdict(list)
        self._by_spelling: dict[str, list[KnownUnit]] = defaultdict(list)
        self._by_initials: dict[str, list[KnownUnit]] = defaultdict(list)
        for unit in self._units.values():
            self._enter(unit)
        self._found: dict[tuple[Wanted, bool], Found] = {}
        self._asked = 0

    def _enter(self, unit: KnownUnit) -> None:
        for name in dict.fromkeys((unit.name, *unit.aliases)):
            for index, key in (
                (self._by_name, unit_names.plain(name)),
                (self._by_spelling, unit_names.spelled(name)),
            ):
                if key and unit not in index[key]:
                    index[key].append(unit)
        for initials in unit_names.initials_of(unit.name):
            self._by_initials[initials].append(unit)

    def find(self, wanted: Wanted) -> Found:
        key = (wanted, isinstance(wanted.code, Number))
        if key not in self._found:
            self._found[key] = self._find(wanted)
        return self._found[key]

    def _find(self, wanted: Wanted) -> Found:
        chosen = self._by_hand.get(unit_names.plain(wanted.text)) if wanted.text else None
        if chosen in self._units:
            return Found(self._units[chosen])
        if wanted.code:
            return self._coded(wanted)
        return self._named(wanted)

    # By code ---------------------------------------------------------------------------------

    def _coded(self, wanted: Wanted) -> Found:
        unit = self._by_code.get(wanted.code.casefold())
        if isinstance(wanted.code, Number):
            alike = [
                u for u in self._units.values() if _as_number(u.code) == _as_number(wanted.code)
            ]
            if unit is None or len(alike) > 1:
                return self._number(wanted, alike)
        if unit is not None:
            return self._checked(unit, wanted)
        by_name = self._candidates(wanted.code)[0]
        if len(by_name) == 1:
            return Found(by_name[0])
        return Found(
            sentence=f"Kode unit “{wanted.code}” tidak dikenal.{self._like(wanted.code)}",
            cause=Cause.UNIT_UNKNOWN,
        )

    def _number(self, wanted: Wanted, alike: list[KnownUnit]) -> Found:
        """Excel took a code for a number: `10.10` became 10.1. Only the name can tell."""
        if wanted.name:
            named = [u for u in self._candidates(wanted.name)[0] if u in alike]
            if len(named) == 1:
                return Found(named[0])
        codes = " atau ".join(unit.code for unit in alike[:_NAMED]) or "yang lain"
        return Found(
            cause=Cause.CODE_AS_NUMBER,
            sentence=(
                f"Kode unit disimpan Excel sebagai angka {wanted.code}, mungkin {codes}: nol "
                "di depan atau di belakang hilang. Ubah kolom kode menjadi Teks, lalu isi ulang."
            ),
            candidates=tuple(alike),
        )

    def _checked(self, unit: KnownUnit, wanted: Wanted) -> Found:
        """A code and a name: if the name is another unit's, nobody knows which is meant."""
        if not wanted.name:
            return Found(unit)
        named, _ = self._candidates(wanted.name)
        if unit in named or not named:
            return Found(unit)
        others = ", ".join(f"{u.code} {u.name}" for u in named[:2])
        return Found(
            cause=Cause.UNIT_CONTRADICTS,
            sentence=(
                f"Kode {unit.code} adalah {unit.name}, sedangkan namanya menunjuk {others}. "
                "Perbaiki salah satunya."
            ),
            candidates=(unit, *named),
        )

    # By name ---------------------------------------------------------------------------------

    def _named(self, wanted: Wanted) -> Found:
        name = wanted.name or wanted.parent
        found, is_sure = self._candidates(name)
        if not found:
            return self._unknown(wanted, name)
        if len(found) > 1:
            found = self._narrowed(found, wanted)
        if len(found) > 1:
            return self._several(name, found)
        unit = found[0]
        if wanted.name and wanted.parent and self._is_elsewhere(unit, wanted.parent):
            return self._misplaced(unit, wanted)
        if is_sure:
            return Found(unit)
        return Found(
            unit,
            Cause.UNIT_GUESSED,
            f"“{name}” dibaca sebagai {unit.code} {unit.name}; pastikan benar.",
        )

    def _candidates(self, text: str) -> tuple[list[KnownUnit], bool]:
        """Units that a text may name, and whether it names them plainly."""
        key = unit_names.plain(text)
        if found := self._by_name.get(key):
            return found, True
        if (unit := self._by_code.get(text.casefold())) is not None:
            return [unit], True
        if found := self._by_spelling.get(unit_names.spelled(text)):
            return found, True
        if found := self._by_spelling.get(unit_names.without_region(text)):
            return found, True
        if found := self._on_path(text):
            return found, True
        return self._short(text) or self._cut(key), False

    def _on_path(self, text: str) -> list[KnownUnit]:
        """The lowest unit of a path, whichever end it stands at."""
        for parts in (unit_names.parts_of(text), unit_names.listed_parts_of(text)):
            if len(parts) > 1 and (found := self._lowest(parts)):
                return found
        return []

    def _lowest(self, parts: list[str]) -> list[KnownUnit]:
        named = [self._by_spelling.get(unit_names.spelled(part), []) for part in parts]
        named = [found or self._short(part) for part, found in zip(parts, named, strict=True)]
        for ordered in (named, named[::-1]):
            leaves = ordered[0]
            for above in ordered[1:]:
                if above:
                    leaves = [u for u in leaves if any(_is_below(u, top) for top in above)]
            if leaves:
                return leaves
        return []

    def _short(self, text: str) -> list[KnownUnit]:
        stems = unit_names.stems_of(text)
        if stems:
            fitting = [u for u in self._units.values() if unit_names.fits(u.name, stems)]
            return _highest(fitting)
        key = unit_names.plain(text).replace(" ", "")
        if 3 <= len(key) <= 12 and (found := self._by_initials.get(key)):
            return _highest(found)
        for initials in unit_names.initials_of(text):
            if found := self._by_name.get(initials):
                return found
        return []

    def _cut(self, key: str) -> list[KnownUnit]:
        """A name that a sheet's 31 letters cut short."""
        if not _CUT - 3 <= len(key) <= _CUT:
            return []
        return [
            unit for name, some in self._by_name.items() if name.startswith(key) for unit in some
        ]

    def _narrowed(self, found: list[KnownUnit], wanted: Wanted) -> list[KnownUnit]:
        """Of several, those below what stands above the row: nearest first."""
        for above in (wanted.parent, *wanted.hints) if wanted.name else wanted.hints:
            tops = self._candidates(above)[0] if above else []
            below = [unit for unit in found if any(_is_below(unit, top) for top in tops)]
            if below:
                found = below
            if len(found) == 1 or (below and above == wanted.parent):
                break
        return found

    def _is_elsewhere(self, unit: KnownUnit, parent: str) -> bool:
        tops, _ = self._candidates(parent)
        return bool(tops) and not any(_is_below(unit, top) or unit == top for top in tops)

    def _misplaced(self, unit: KnownUnit, wanted: Wanted) -> Found:
        return Found(
            unit,
            Cause.UNIT_CONTRADICTS,
            f"{unit.name} (kode {unit.code}) tidak berada di bawah “{wanted.parent}”; namanya "
            "yang dipakai.",
        )

    def _several(self, name: str, found: list[KnownUnit]) -> Found:
        codes = ", ".join(unit.code for unit in found[:_NAMED])
        more = f", dan {len(found) - _NAMED} lagi" if len(found) > _NAMED else ""
        return Found(
            cause=Cause.UNIT_AMBIGUOUS,
            sentence=f"Ada beberapa unit bernama “{name}” (kode {codes}{more}). Isi Kode Unit.",
            candidates=tuple(found),
        )

    def _unknown(self, wanted: Wanted, name: str) -> Found:
        above = f" di {wanted.parent}" if wanted.name and wanted.parent else ""
        return Found(sentence=f"Unit “{name}”{above} tidak dikenal.{self._like(name)}")

    def _like(self, text: str) -> str:
        self._asked += 1
        near: list[str] = []
        known = {**self._by_code, **{k: v[0] for k, v in self._by_name.items() if v}}
        if self._asked <= SUGGESTIONS:
            wanted = unit_names.spelled(text) if not _is_code(text) else text.casefold()
            near = get_close_matches(wanted, list(known), n=1, cutoff=0.6)
        if not near:
            return LIST
        unit = known[near[0]]
        return f" Mungkin maksudnya {unit.code} {unit.name}?"


def _is_below(unit: KnownUnit, top: KnownUnit) -> bool:
    return unit.path.startswith(top.path) and unit.id != top.id


def _highest(units: list[KnownUnit]) -> list[KnownUnit]:
    """Without those that sit below another of them."""
    return [u for u in units if not any(_is_below(u, other) for other in units)]


def _is_code(text: str) -> bool:
    return any(letter.isdigit() for letter in text) and " " not in text


def _as_number(code: str) -> float | None:
    """What Excel makes of a code that it takes for a number."""
    bare = code.strip().replace(",", ".")
    if not bare.replace(".", "", 1).isdigit() or not bare.isascii():
        return None
    return float(bare)
