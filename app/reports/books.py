"""The report as a workbook: recap, one sheet per OPD, and who has not signed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.agencies.letterhead import heading, signature
from app.agencies.models import Agency
from app.core.dates import local
from app.core.workbooks import Cell, Page, workbook
from app.reports.coverage import Row, Tally
from app.reports.queries import Standing
from app.reports.sheets import COLUMNS, PEOPLE_COLUMNS, figures, row_name

_WIDTHS = (5, 48, 12, 12, 10, 14, 10, 9)
_PEOPLE_WIDTHS = (5, 36, 34, 36, 22, 30, 26, 13, 28, 28)


@dataclass(frozen=True)
class Recap:
    """What is handed over: for whom, of what and when, its rows, and its people."""

    agency: Agency
    title: str
    moment: str
    denominator: str
    rows: Sequence[Row]
    total: Tally
    people: Sequence[Standing]
    #: The OPD of each unit, by the unit's id.
    homes: Mapping[int, str]
    day: date

    @property
    def heading(self) -> tuple[str, ...]:
        title = f"REKAPITULASI {self.title}".upper()
        return (*heading(self.agency), "", title, f"Keadaan {self.moment}")

    def home_of(self, person: Standing) -> str:
        return self.homes.get(person.unit_id, person.unit)


def as_workbook(recap: Recap, advance: Callable[[int], object]) -> bytes:
    """The whole book. `advance` hears how many lines are written."""
    footer = f"{recap.agency.office_short} · Rambu"
    return workbook(_pages(recap), footer, advance)


def count_lines(recap: Recap) -> int:
    """Everybody stands on a sheet of an OPD, and who has not signed on one more."""
    pending = sum(not one.has_signed for one in recap.people)
    return len(recap.rows) + len(recap.people) + pending


def _pages(recap: Recap) -> Iterator[Page]:
    yield _summary(recap)
    for home, people in _by_home(recap).items():
        yield _people(recap, home, home, people)
    pending = [one for one in recap.people if not one.has_signed]
    yield _people(recap, "Belum", "BELUM MENANDATANGANI", pending)


def _summary(recap: Recap) -> Page:
    return Page(
        name="Rekap",
        heading=recap.heading,
        columns=tuple(zip(COLUMNS, _WIDTHS, strict=True)),
        lines=([place, row_name(row), *_figures(row.tally)]
               for place, row in enumerate(recap.rows, 1)),
        total=["", "JUMLAH", *_figures(recap.total)],
        foot=(recap.denominator, "", *signature(recap.agency, recap.day)),
    )  # fmt: skip


def _figures(tally: Tally) -> list[Cell]:
    return [*figures(tally), tally.signed_percent]


def _by_home(recap: Recap) -> dict[str, list[Standing]]:
    """People by their OPD, in the order in which these come."""
    found: dict[str, list[Standing]] = {}
    for person in recap.people:
        found.setdefault(recap.home_of(person), []).append(person)
    return found


def _people(recap: Recap, name: str, title: str, people: Iterable[Standing]) -> Page:
    return Page(
        name=name,
        heading=(*recap.heading, title),
        columns=tuple(zip(PEOPLE_COLUMNS, _PEOPLE_WIDTHS, strict=True)),
        lines=(_line(recap, place, person) for place, person in enumerate(people, 1)),
    )


def _line(recap: Recap, place: int, person: Standing) -> list[Cell]:
    zone = recap.agency.zone
    return [
        place,
        recap.home_of(person),
        person.unit,
        person.full_name,
        person.number,
        person.position,
        person.status,
        local(person.signed_at, zone).date() if person.signed_at else None,
        person.pledge_number,
        person.certificate_number,
    ]
