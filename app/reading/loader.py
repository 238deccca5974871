"""From a folder of files to one Catalog, or to every mistake in it. Knows nothing of the web."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.catalog.model import Catalog, Counts
from app.catalog.staleness import StaleRule
from app.core import clock
from app.core.stages import tell
from app.reading import tree
from app.reading.build import build
from app.reading.checker import check
from app.reading.files import Sort
from app.reading.mistakes import ContentErrors, Mistake, Severity

Areas = Collection[str] | None


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker has to say; the content only when there is no error."""

    mistakes: tuple[Mistake, ...]
    catalog: Catalog | None

    @property
    def is_sound(self) -> bool:
        return self.catalog is not None

    @property
    def counts(self) -> Counts | None:
        return self.catalog.counts if self.catalog else None


def load(path: Path | str, areas: Areas = None) -> Catalog:
    """The content at `path`. Raises ContentErrors with every mistake when there is any error.

    `areas` are the first parts of the application's addresses; without them no link is called dead
    for leading to another page than content decides.
    """
    catalog, mistakes = _read(Path(path), clock.today(), areas)
    if catalog is None:
        raise ContentErrors(errors_in(mistakes))
    return catalog


def report(path: Path | str, today: date | None = None, areas: Areas = None) -> Report:
    """Every error and warning of the content at `path`."""
    catalog, mistakes = _read(Path(path), today or clock.today(), areas)
    return Report(mistakes, catalog)


def stale_rules(path: Path | str) -> tuple[StaleRule, ...]:
    """The rules of stale law at `path` that are of use, whatever else is wrong there."""
    found = tree.read(Path(path), sorts=(Sort.STALE, Sort.REGULATION))
    return found.stale.law.rules


def errors_in(mistakes: tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    return tuple(mistake for mistake in mistakes if mistake.severity is Severity.ERROR)


def _read(root: Path, today: date, areas: Areas) -> tuple[Catalog | None, tuple[Mistake, ...]]:
    """A damaged file never half-loads: with one error there is no catalog at all."""
    tell("Membaca isi …")
    found = tree.read(root, areas)
    tell(f"Memeriksa isi ({len(found.scenarios)} kasus) …")
    mistakes = check(found, today)
    return (None if errors_in(mistakes) else build(found)), mistakes
