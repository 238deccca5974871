"""What goes stale or monotonous: warnings for editors, never a reason to stop."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from app.catalog.terms import Confidence, Footing, Topic, Verdict
from app.reading.checks.law import confidence_of
from app.reading.files import Sort
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.tree import Tree, cites_of, is_published

#: Verdicts from which on a topic that always answers the same teaches fear, not judgement.
ENOUGH = 4
_DATED = {Sort.REGULATION: "checked_on", Sort.SCENARIO: "reviewed_on"}


def check(tree: Tree, today: date) -> Iterator[Mistake]:
    for sort, key in _DATED.items():
        for page in tree.of(sort):
            yield from _age(page, key, today)
    for page in tree.of(Sort.REGULATION):
        yield from _not_yet_repealed(page, today)
    for page in filter(is_published, tree.of(Sort.SCENARIO)):
        yield from _weak(tree, page)
        yield from _older_than_its_law(tree, page)
        yield from _reviewed_by_its_author(page)
    yield from _monotony(tree)


def _age(page: Page, key: str, today: date) -> Iterator[Mistake]:
    day = page.row[key]
    if day is None:
        return
    line = page.row.line_of(key)
    if _a_year_after(day) < today:
        yield page.warning(line, f"Pemeriksaan terakhir ({day}) sudah lebih dari 12 bulan.")
    elif day > today:
        yield page.warning(line, f"Tanggal pemeriksaan ({day}) belum tiba.")


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)


def _not_yet_repealed(page: Page, today: date) -> Iterator[Mistake]:
    day = page.row["repealed_on"]
    if day is not None and day > today:
        yield page.warning(
            page.row.line_of("repealed_on"),
            f"Peraturan ini baru dicabut pada {day}, tetapi sudah tampil sebagai dicabut.",
        )


def _older_than_its_law(tree: Tree, page: Page) -> Iterator[Mistake]:
    """Reviewed before an instrument that it cites came into force."""
    reviewed = page.row["reviewed_on"]
    for id in dict.fromkeys(ref.regulation_id for ref in cites_of(page)):
        begun = tree.regulations[id].row["in_force_from"] if id in tree.regulations else None
        if reviewed and begun and reviewed < begun:
            yield page.warning(
                page.row.line_of("reviewed_on"),
                f"Ditelaah {reviewed}, sebelum {id} berlaku ({begun}); telaah lagi.",
            )


def _reviewed_by_its_author(page: Page) -> Iterator[Mistake]:
    author, reviewer = page.row["author"], page.row["reviewer"]
    if author and author == reviewer:
        yield page.warning(
            page.row.line_of("reviewer"), "Penelaah sama dengan penulis; mintalah orang lain."
        )


def _weak(tree: Tree, page: Page) -> Iterator[Mistake]:
    marks = {confidence_of(tree, ref) for ref in cites_of(page)}
    if page.row["confidence"] is Footing.A and marks and Confidence.A not in marks:
        yield page.warning(
            page.row.line_of("confidence"),
            "Kasus berkeyakinan A, tetapi tidak satu pun rujukannya berkeyakinan A.",
        )


def _monotony(tree: Tree) -> Iterator[Mistake]:
    verdicts: dict[Topic, list[Verdict]] = defaultdict(list)
    first: dict[Topic, Page] = {}
    for page in filter(is_published, tree.of(Sort.SCENARIO)):
        if topic := page.row["topic"]:
            first.setdefault(topic, page)
            verdicts[topic] += [v["verdict"] for v in page.row["verdicts"] or () if v["verdict"]]
    for topic, given in verdicts.items():
        if len(given) >= ENOUGH and len(set(given)) == 1:
            yield first[topic].warning(
                first[topic].row.line_of("topic"),
                f"Semua vonis topik “{topic}” sama: {given[0]}.",
            )
