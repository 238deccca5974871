"""What somebody decided about a file, out of the fields of its page."""

from collections.abc import Mapping
from typing import NamedTuple

from app.agencies import queries
from app.agencies.models import Agency
from app.catalog.terms import PersonStatus
from app.core.db import Json
from app.core.errors import DomainError
from app.rosters.columns import PEOPLE
from app.rosters.faults import Cause
from app.rosters.matching import IGNORED
from app.rosters.models import RosterUpload
from app.rosters.positions import Answer

#: Groups of faults that a unit chosen by hand mends.
OF_UNITS = (Cause.UNIT_UNKNOWN.value, Cause.UNIT_AMBIGUOUS.value)
#: Between the code and the name of a unit, as the page offers them.
MARK = " · "


class NoSuchUnit(DomainError):
    """What was typed is no unit."""


class ShownUnit(NamedTuple):
    """A unit as a field offers it: its code first, then its name with its OPD."""

    id: int
    code: str
    text: str


def shown_units(agency: Agency) -> list[ShownUnit]:
    """All units that may be meant: `23.03 · Bidang III, Dinas Pariwisata`."""
    units = queries.tree_of(agency)
    names = {unit.id: unit.name for unit in units}
    reporting = {unit.path: unit.name for unit in units if unit.is_reporting}
    found = []
    for unit in units:
        home = next((n for path, n in reporting.items() if unit.path.startswith(path)), None)
        home = home or names.get(unit.parent_id or 0, "")
        of = f", {home}" if home and home != unit.name else ""
        found.append(ShownUnit(unit.id, unit.code, f"{unit.code}{MARK}{unit.name}{of}"))
    return found


def answers_in(form: Mapping[str, str], upload: RosterUpload, agency: Agency) -> Json:
    """Decisions by what they are about. Fields name places in what the page showed. Raises
    NoSuchUnit."""
    seen = upload.seen or {"columns": [], "groups": [], "questions": [], "sheets": []}
    units = {unit.code.casefold(): unit.id for unit in shown_units(agency)}
    answers: Json = {
        "columns": {
            column["header"]: said
            for place, column in enumerate(seen["columns"])
            if (said := form.get(f"kolom-{place}")) in (IGNORED, *PEOPLE)
            and said != column["field"]
        },
        "units": {
            group["subject"]: _unit(units, said)
            for place, group in enumerate(seen["groups"])
            if group["cause"] in OF_UNITS and (said := form.get(f"unit-{place}", "").strip())
        },
        "positions": {
            one["text"]: said
            for place, one in enumerate(seen["questions"])
            if (said := form.get(f"jawab-{place}")) in list(Answer)
        },
    }
    if form.get("status") in list(PersonStatus):
        answers["status"] = form["status"]
    left = [one["name"] for place, one in enumerate(seen["sheets"]) if f"lembar-{place}" in form]
    return answers | ({"left_sheets": left} if len(seen["sheets"]) > 1 else {})


def _unit(units: Mapping[str, int], typed: str) -> int:
    code = typed.partition(MARK)[0].strip().casefold()
    if code not in units:
        raise NoSuchUnit(
            f"Tidak ada unit “{typed[:60]}”. Pilih dari daftar yang muncul ketika Anda mengetik. "
            "Tidak ada yang berubah."
        )
    return units[code]
