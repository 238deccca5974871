"""What an import would do: entries of a file held against what is on record. Pure; changes nothing.

A dry run prints a plan, an import carries the same plan out, so that they cannot disagree.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches

from app.agencies import nip
from app.agencies.nip import Level
from app.catalog.terms import PersonStatus
from app.rosters.faults import RowFault
from app.rosters.matching import NOTHING, Matching
from app.rosters.roster import Entry

#: What an import may set on a person, besides the unit.
DETAILS = ("name", "front_title", "back_title", "status", "rank", "position")
#: Below this likeness (0 to 1), a name without a common word is another person's.
SAME_NAME = 0.6
#: Units share words (Puskesmas, Sekolah), so only the letters tell.
SAME_UNIT = 0.8
#: Looking for a likely unit is slow; a file with more wrong ones than this needs a unit list.
SUGGESTIONS = 50
_WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True)
class KnownUnit:
    id: int
    code: str
    name: str
    path: str
    #: Other names and codes by which lists call it.
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownPerson:
    id: int
    number: str
    unit_id: int
    name: str
    front_title: str
    back_title: str
    status: PersonStatus
    rank: str
    position: str
    is_active: bool


@dataclass(frozen=True)
class Records:
    """What is on record in one agency, as far as the one who imports may see it."""

    units: list[KnownUnit]
    people: list[KnownPerson]
    #: Numbers that somebody carried before, and who that is.
    former: Mapping[str, int]
    #: Numbers of people of other agencies, or outside what the importer may see.
    foreign: frozenset[str]


@dataclass(frozen=True)
class Change:
    """New details of somebody on record, and the unit moved to, if any."""

    person: KnownPerson
    entry: Entry
    details: dict[str, str]
    unit_id: int

    @property
    def is_move(self) -> bool:
        return self.unit_id != self.person.unit_id


@dataclass
class Plan:
    additions: list[tuple[Entry, int]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    #: Active people on record whom the file does not name. They stay.
    unnamed: int = 0
    faults: list[RowFault] = field(default_factory=list)

    @property
    def moves(self) -> int:
        return sum(change.is_move for change in self.changes)


def plan_import(entries: Iterable[Entry], records: Records, matching: Matching = NOTHING) -> Plan:
    """Decide about every entry, and gather every reason against one."""
    planner = _Planner(records, matching)
    for entry in entries:
        planner.decide(entry)
    planner.plan.unnamed = sum(
        person.is_active and person.id not in planner.named for person in records.people
    )
    return planner.plan


class UnitFinder:
    """Units by code or by name, with a suggestion for what is not found."""

    def __init__(self, units: Iterable[KnownUnit]) -> None:
        self._units = {unit.id: unit for unit in units}
        self._by_code = {unit.code.casefold(): unit for unit in self._units.values()}
        self._by_name: dict[str, list[KnownUnit]] = defaultdict(list)
        for unit in self._units.values():
            self._by_name[unit.name.casefold()].append(unit)
        self._found: dict[tuple[str, str, str], KnownUnit | str] = {}
        self._asked = 0

    def find(self, code: str, name: str, parent: str) -> KnownUnit | str:
        """The unit, or the sentence that says why there is none."""
        key = (code, name, parent)
        if key not in self._found:
            self._found[key] = self._by_its_code(code) if code else self._named(name, parent)
        return self._found[key]

    def _by_its_code(self, code: str) -> KnownUnit | str:
        unit = self._by_code.get(code.casefold())
        return unit or f"Kode unit “{code}” tidak dikenal.{self._like(code, self._by_code)}"

    def _named(self, name: str, parent: str) -> KnownUnit | str:
        wanted = name or parent
        found = self._by_name.get(wanted.casefold(), [])
        if name and parent and len(found) > 1:
            above = {unit.path for unit in self._by_name.get(parent.casefold(), [])}
            found = [unit for unit in found if any(unit.path.startswith(p) for p in above)]
        if len(found) == 1:
            return found[0]
        if found or wanted.casefold() in self._by_name:
            codes = ", ".join(unit.code for unit in self._by_name[wanted.casefold()])
            return f"Ada beberapa unit bernama “{wanted}” (kode {codes}). Isi Kode Unit."
        return f"Unit “{wanted}” tidak dikenal.{self._like(wanted, self._by_name)}"

    def _like(self, text: str, known: Iterable[str]) -> str:
        self._asked += 1
        near = []
        if self._asked <= SUGGESTIONS:
            near = get_close_matches(text.casefold(), list(known), n=1, cutoff=0.6)
        if not near:
            return " Lihat namanya dalam daftar unit."
        unit = self._by_code.get(near[0]) or self._by_name[near[0]][0]
        return f" Mungkin maksudnya {unit.code} {unit.name}?"


class _Planner:
    def __init__(self, records: Records, matching: Matching) -> None:
        self.records = records
        self.plan = Plan()
        self.named: set[int] = set()
        self.units = UnitFinder(records.units)
        self.unit_names = {unit.id: unit.name for unit in records.units}
        self.by_number = {person.number: person for person in records.people}
        self.by_id = {person.id: person for person in records.people}
        self.namesakes: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in records.people:
            if nip.is_participant(person.number):
                self.namesakes[person.name.casefold()].append(person)

    def decide(self, entry: Entry) -> None:
        unit = self.units.find(entry.unit_code, entry.unit_name, entry.parent_name)
        if isinstance(unit, str):
            self._fault(entry, Level.ERROR, unit)
            return
        if entry.unit_code and entry.unit_name and not _is_same_unit(entry.unit_name, unit.name):
            self._fault(
                entry,
                Level.WARNING,
                f"Kode {unit.code} adalah {unit.name}, bukan “{entry.unit_name}”; kode yang "
                "dipakai.",
            )
        if entry.number in self.records.foreign:
            self._fault(
                entry,
                Level.ERROR,
                "Nomor ini sudah terdaftar di luar kewenangan pengimpor (instansi atau unit lain).",
            )
            return
        person = self._on_record(entry, unit)
        if person is None:
            self._add(entry, unit)
        else:
            self._update(entry, unit, person)

    def _on_record(self, entry: Entry, unit: KnownUnit) -> KnownPerson | None:
        if entry.number is not None:
            former = self.records.former.get(entry.number)
            known = self.by_number.get(entry.number)
            return self.by_id.get(former) if known is None and former is not None else known
        same = [p for p in self.namesakes[entry.name.casefold()] if p.unit_id == unit.id]
        return same[0] if len(same) == 1 else None

    def _add(self, entry: Entry, unit: KnownUnit) -> None:
        if entry.number is not None and nip.is_participant(entry.number):
            self._fault(
                entry,
                Level.ERROR,
                f"Nomor peserta {entry.number} tidak dikenal. Kosongkan: Rambu yang memberinya.",
            )
            return
        if entry.number is None and self.namesakes[entry.name.casefold()]:
            other = self.namesakes[entry.name.casefold()][0]
            self._fault(
                entry,
                Level.WARNING,
                f"“{entry.name}” tanpa NIP sudah tercatat di {self.unit_names[other.unit_id]}. "
                f"Bila orangnya sama, isi nomor peserta {other.number} pada kolom NIP.",
            )
        self.plan.additions.append((entry, unit.id))

    def _update(self, entry: Entry, unit: KnownUnit, person: KnownPerson) -> None:
        if person.id in self.named:
            self._fault(entry, Level.ERROR, "Orang ini sudah disebut pada baris lain.")
        elif entry.number is not None and entry.number != person.number:
            self._fault(
                entry,
                Level.ERROR,
                f"Ini nomor lama {person.name}; nomornya sekarang {nip.grouped(person.number)}.",
            )
        elif not _is_like(entry.name, person.name):
            self._fault(
                entry,
                Level.ERROR,
                f"Nomor ini tercatat atas nama “{person.name}”, bukan “{entry.name}”. Bila namanya "
                "memang berganti, ubah dahulu di halaman Pegawai.",
            )
        elif not person.is_active:
            self._fault(
                entry,
                Level.WARNING,
                f"{person.name} tercatat nonaktif dan dibiarkan. Bila keliru, aktifkan kembali di "
                "halaman Pegawai.",
            )
            self.plan.unchanged += 1
        else:
            self._change(entry, unit, person)
        self.named.add(person.id)

    def _change(self, entry: Entry, unit: KnownUnit, person: KnownPerson) -> None:
        """An empty optional cell says nothing: it does not erase what is on record."""
        details = {
            name: getattr(entry, name)
            for name in DETAILS
            if getattr(entry, name) and getattr(entry, name) != getattr(person, name)
        }
        if details or unit.id != person.unit_id:
            self.plan.changes.append(Change(person, entry, details, unit.id))
        else:
            self.plan.unchanged += 1

    def _fault(self, entry: Entry, level: Level, sentence: str) -> None:
        self.plan.faults.append(RowFault(entry.line, level, sentence))


def _is_like(one: str, other: str) -> bool:
    """Whether two names could be one: a word in common, or mostly the same letters."""
    first, second = one.casefold(), other.casefold()
    if first == second or set(_WORD.findall(first)) & set(_WORD.findall(second)):
        return True
    return SequenceMatcher(None, first, second).ratio() >= SAME_NAME


def _is_same_unit(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= SAME_UNIT
