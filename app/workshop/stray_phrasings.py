"""Phrasings of an allowed case that ask for the forbidden one, as an editor sees them."""

from collections.abc import Iterable
from pathlib import Path

from app.asking.phrasings import Stray, strays
from app.catalog.model import Catalog
from app.reading.mistakes import Mistake, Severity


def stray_phrasings(root: Path, catalog: Catalog) -> list[Mistake]:
    """One mistake a phrasing, by file and line."""
    return sorted(_mistake(root, stray) for stray in strays(catalog))


def _mistake(root: Path, stray: Stray) -> Mistake:
    path = root / "scenarios" / stray.scenario.topic / f"{stray.scenario.id}.md"
    lines = path.read_text("utf-8").split("\n")
    return Mistake(
        str(path),
        _line_of(stray.phrasing, lines),
        f"Frasa “{stray.phrasing}” hanya menyebut perbuatan terlarang dari “{stray.twin.id}”; "
        "pindahkan ke sana, atau sebut apa yang membedakannya.",
        Severity.ERROR,
    )


def _line_of(phrasing: str, lines: Iterable[str]) -> int:
    return next((n for n, line in enumerate(lines, start=1) if phrasing in line), 1)
