"""Scenarios: complete, consistent, and honest about what they stand on."""

from collections.abc import Iterator

from app.catalog.terms import Footing, PersonStatus, Phase, Verdict, Violation
from app.reading.dilemmas import BadDilemma, read_dilemma
from app.reading.files import Sort
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.shapes import Row
from app.reading.tree import Tree, is_published

#: What the text of a case without a rule must say of itself.
SAID = "praktik aman"

_PARTS = {
    "situation": "Situasi kasus belum ditulis.",
    "reason": "Bagian “## Alasan” belum ada atau kosong.",
    "safe_act": "Bagian “## Sebaiknya” belum ada atau kosong.",
}


def check(tree: Tree) -> Iterator[Mistake]:
    for page in tree.of(Sort.SCENARIO):
        yield from _parts(page)
        yield from _dilemma(page)
        yield from _persons(page)
        yield from _review(page)
        yield from _candour(page)
        for verdict in page.row["verdicts"] or ():
            yield from _verdict(page, verdict)


def _parts(page: Page) -> Iterator[Mistake]:
    for name, sentence in _PARTS.items():
        passage = page.sections.get(name)
        if passage is None or passage.is_empty:
            yield page.error(passage.line if passage else page.row.line, sentence)
        else:
            for line in passage.headings():
                yield page.error(line, "Di dalam bagian kasus tidak ada judul lain.")


def _dilemma(page: Page) -> Iterator[Mistake]:
    section = page.sections.get("dilemma")
    if section is None:
        return
    try:
        read_dilemma(section)
    except BadDilemma as bad:
        yield page.error(bad.line, bad.message)


def _persons(page: Page) -> Iterator[Mistake]:
    """Rows without `for` are about `applies_to`; every other set of people has rows of its own."""
    rows: dict[frozenset[PersonStatus], list[Row]] = {frozenset(): []}
    for row in page.row["verdicts"] or ():
        rows.setdefault(frozenset(row["for"] or ()), []).append(row)
    taken = set(page.row["applies_to"] or ())
    for persons, own in rows.items():
        if persons & taken:
            twice = ", ".join(sorted(persons & taken))
            yield page.error(own[0].line_of("for"), f"Vonis untuk {twice} sudah ada di baris lain.")
        taken |= persons
        yield from _phases(page, own)
    for row in page.row["verdicts"] or ():
        if row["for"] and not row["note"]:
            yield page.error(
                row.line, "Vonis untuk orang lain memerlukan “note” yang menjelaskannya."
            )
        elif row["note"] and not row["for"]:
            yield page.error(row.line_of("note"), "Isian “note” hanya untuk vonis dengan “for”.")


def _phases(page: Page, verdicts: list[Row]) -> Iterator[Mistake]:
    """Either one ruling for all phases, or one for each of the two."""
    if page.row["verdicts"] is None or any(verdict["phase"] is None for verdict in verdicts):
        return
    seen: set[Phase] = set()
    for verdict in verdicts:
        phase, line = verdict["phase"], verdict.line_of("phase")
        if phase in seen:
            yield page.error(line, f"Vonis untuk tahap “{phase}” ditulis dua kali.")
        elif seen and Phase.ALWAYS in {*seen, phase}:
            yield page.error(line, "Vonis “semua” tidak dapat disandingkan dengan tahap lain.")
        seen.add(phase)
    if Phase.ALWAYS not in seen:
        others = [row for row in verdicts if row["for"]]
        line = others[0].line if others else page.row.line_of("verdicts")
        for phase in (Phase.BEFORE, Phase.AFTER):
            if phase not in seen:
                yield page.error(line, f"Vonis untuk tahap “{phase}” belum ada.")


def _review(page: Page) -> Iterator[Mistake]:
    if not is_published(page):
        return
    for key in ("reviewer", "reviewed_on"):
        if page.row[key] is None:
            yield page.error(page.row.line, f"Kasus terbit memerlukan isian “{key}”.")


def _candour(page: Page) -> Iterator[Mistake]:
    """A reader is told that this is advice and no rule."""
    texts = [passage.source.casefold() for passage in page.passages]
    if page.row["confidence"] is Footing.SAFE_PRACTICE and not any(SAID in t for t in texts):
        yield page.error(
            page.row.line_of("confidence"),
            f"Kasus praktik-aman harus mengatakan “{SAID}” dalam teksnya.",
        )


def _verdict(page: Page, row: Row) -> Iterator[Mistake]:
    verdict, violation, cites = row["verdict"], row["violation"], row["cites"]
    line = row.line_of("violation")
    if verdict is Verdict.ALLOWED and violation not in (None, Violation.NONE):
        yield page.error(line, f"Vonis “boleh” tidak dapat berjenis pelanggaran “{violation}”.")
    if page.row["confidence"] is Footing.SAFE_PRACTICE and not row["for"]:
        yield from _safe_practice(page, row)
        return
    if verdict is Verdict.FORBIDDEN and violation is Violation.NONE:
        yield page.error(line, "Vonis “tidak-boleh” memerlukan jenis pelanggaran.")
    if cites == () and not _is_advice(row):
        yield page.error(
            row.line_of("cites"),
            "Vonis ini belum mempunyai rujukan; tanpa aturan, pakai confidence: praktik-aman.",
        )


def _is_advice(row: Row) -> bool:
    """A row for other people may be safe practice of its own; then its note says so."""
    is_mild = row["verdict"] is not Verdict.FORBIDDEN and row["violation"] is Violation.NONE
    return bool(row["for"]) and is_mild and SAID in (row["note"] or "").casefold()


def _safe_practice(page: Page, row: Row) -> Iterator[Mistake]:
    """Where no rule speaks, nothing is forbidden and nothing is a violation."""
    if row["verdict"] is Verdict.FORBIDDEN:
        yield page.error(
            row.line_of("verdict"), "Kasus praktik-aman tidak dapat memvonis “tidak-boleh”."
        )
    if row["violation"] not in (None, Violation.NONE):
        yield page.error(row.line_of("violation"), "Kasus praktik-aman memakai violation: none.")
