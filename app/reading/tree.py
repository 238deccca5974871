"""All pages of a content folder, as read, and how they find each other."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.reading import files, pages
from app.reading.files import Sort
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.shapes import Ref, Row
from app.reading.stale_law import Gathered, gather


@dataclass(frozen=True)
class Tree:
    root: Path
    pages: tuple[Page, ...]
    #: Files that could not be read, and pages of a wrong shape.
    mistakes: tuple[Mistake, ...]
    #: First parts of the addresses that the application serves; None where nobody knows them.
    areas: Collection[str] | None = None

    def of(self, sort: Sort) -> list[Page]:
        return [page for page in self.pages if page.sort is sort]

    @cached_property
    def regulations(self) -> dict[str, Page]:
        return {page.id: page for page in self.of(Sort.REGULATION)}

    @cached_property
    def scenarios(self) -> dict[str, Page]:
        return {page.id: page for page in self.of(Sort.SCENARIO)}

    @cached_property
    def pledges(self) -> dict[str, Page]:
        return {page.id: page for page in self.of(Sort.PLEDGE)}

    @cached_property
    def guides(self) -> dict[str, Page]:
        return {page.id: page for page in self.of(Sort.GUIDE)}

    @cached_property
    def courses(self) -> dict[str, Page]:
        return {page.id: page for page in self.of(Sort.COURSE)}

    def lessons_of(self, course: str) -> list[Page]:
        return [page for page in self.of(Sort.LESSON) if page.file.folder == course]

    @cached_property
    def stale(self) -> Gathered:
        return gather(self.of(Sort.STALE), self.of(Sort.REGULATION))

    @cached_property
    def _provisions(self) -> dict[str, Row]:
        return {
            f"{page.id}#{row['id']}": row
            for page in self.of(Sort.REGULATION)
            for row in page.row["provisions"] or ()
        }

    def provision(self, ref: Ref | str) -> Row | None:
        return self._provisions.get(str(ref))

    def anchors(self, regulation_id: str) -> list[str]:
        rows = self.regulations[regulation_id].row["provisions"] or ()
        return [row["id"] for row in rows if row["id"]]

    def is_repealed(self, regulation_id: str) -> bool:
        row = self.regulations[regulation_id].row
        return bool(row["repealed_on"] or row["repealed_by"])

    def heir_of(self, regulation_id: str) -> str:
        """` oleh uu-20-2023`, for a sentence about a repealed instrument; empty when unknown."""
        heir = self.regulations[regulation_id].row["repealed_by"]
        return f" oleh {heir}" if heir else ""


def cites_of(page: Page) -> Iterator[Ref]:
    """Every citation in the front matter of a page."""
    yield from page.row.get("cites") or ()
    for verdict in page.row.get("verdicts") or ():
        yield from verdict["cites"] or ()


def is_published(page: Page) -> bool:
    return page.row.get("status") != "draf"


def read(
    root: Path, areas: Collection[str] | None = None, sorts: Collection[Sort] = tuple(Sort)
) -> Tree:
    """The content at `root`, or only the files of some sorts."""
    found, refused = files.sweep(root)
    read_pages = tuple(pages.read(file) for file in found if file.sort in sorts)
    wrong = [mistake for page in read_pages for mistake in page.mistakes()]
    return Tree(root, read_pages, (*refused, *wrong), areas)
