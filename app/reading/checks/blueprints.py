"""A quiz blueprint must add up, and its pools must fill it three times over."""

from collections import Counter
from collections.abc import Iterator

from app.catalog.cases import Case, Ruling, Scenario
from app.catalog.courses import pool, seat
from app.catalog.terms import Footing, Pressure, Status, Verdict
from app.reading.build import build_draw
from app.reading.files import Sort
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.shapes import Row
from app.reading.tree import Tree, is_published

#: Papers that the pool must be able to fill without using a case twice.
PAPERS = 3
_SOFT = (Verdict.ALLOWED, Verdict.DEPENDS)


def check(tree: Tree) -> Iterator[Mistake]:
    scenarios = [s for page in tree.of(Sort.SCENARIO) if (s := _sketch(page))]
    for page in tree.of(Sort.COURSE):
        quiz = page.row["quiz"]
        if quiz is None or quiz["draw"] is None or page.row["audience"] is None:
            continue
        yield from _sum(page, quiz)
        rows = [row for row in quiz["draw"] if row["topic"] and row["count"]]
        pools = [pool(scenarios, page.row["audience"], build_draw(row)) for row in rows]
        yield from _fill(page, rows, pools)
        yield from _floor(page, quiz, rows, pools)


def _sum(page: Page, quiz: Row) -> Iterator[Mistake]:
    drawn = sum(row["count"] or 0 for row in quiz["draw"])
    if quiz["questions"] is not None and drawn != quiz["questions"]:
        yield page.error(
            quiz.line_of("questions"),
            f"Jumlah soal {quiz['questions']}, tetapi baris undian berjumlah {drawn}.",
        )


def _fill(page: Page, rows: list[Row], pools: list[tuple[Case, ...]]) -> Iterator[Mistake]:
    """Line by line; and, where each alone suffices, all lines together."""
    is_short = False
    for row, cases in zip(rows, pools, strict=True):
        needed = PAPERS * row["count"]
        if len(cases) < needed:
            is_short = True
            yield page.error(
                row.line, f"Baris undian ini memerlukan {needed} kasus, tersedia {len(cases)}."
            )
    if is_short:
        return
    counts = [PAPERS * row["count"] for row in rows]
    seated = Counter(seat([[case.key for case in cases] for cases in pools], counts).values())
    for line, (row, needed) in enumerate(zip(rows, counts, strict=True)):
        if (found := seated[line]) < needed:
            yield page.error(
                row.line,
                f"Bersama baris lain, baris undian ini hanya mendapat {found} dari {needed} kasus.",
            )


def _floor(
    page: Page, quiz: Row, rows: list[Row], pools: list[tuple[Case, ...]]
) -> Iterator[Mistake]:
    floor = (quiz["at_least"] or {}).get("boleh-or-bergantung")
    if floor is None:
        return
    # By scenario: a paper never asks one scenario twice.
    soft = [
        list(dict.fromkeys(case.scenario.id for case in cases if case.ruling.verdict in _SOFT))
        for cases in pools
    ]
    most = len(seat(soft, [row["count"] for row in rows]))
    if floor > most:
        yield page.error(
            quiz["at_least"].line_of("boleh-or-bergantung"),
            f"Diminta sedikitnya {floor} soal boleh atau bergantung; yang terambil hanya {most}.",
        )


def _sketch(page: Page) -> Scenario | None:
    """As much of a scenario as drawing needs; None when that cannot be read."""
    row = page.row
    verdicts = row["verdicts"] or ()
    known = [v for v in verdicts if v["phase"] and v["verdict"] and v["violation"] and not v["for"]]
    if not (row["topic"] and row["applies_to"] and row["difficulty"] and known):
        return None
    return Scenario(
        id=page.id,
        topic=row["topic"],
        question="",
        applies_to=row["applies_to"],
        rulings=tuple(Ruling(v["phase"], v["verdict"], v["violation"], ()) for v in known),
        pressure=Pressure.HABIT,
        difficulty=row["difficulty"],
        confidence=Footing.A,
        asked_like=(),
        situation_html="",
        reason_html="",
        safe_act_html="",
        author="",
        reviewer=None,
        reviewed_on=None,
        status=Status.PUBLISHED if is_published(page) else Status.DRAFT,
    )
