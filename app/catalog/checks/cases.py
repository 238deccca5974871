"""Scenarios: complete, consistent, and honest about what they stand on."""

from collections.abc import Iterator

from app.catalog.files import Sort
from app.catalog.mistakes import Mistake
from app.catalog.pages import Page
from app.catalog.shapes import Row
from app.catalog.terms import Footing, Phase, Verdict, Violation
from app.catalog.tree import Tree, is_published

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
        yield from _phases(page)
        yield from _review(page)
        yield from _candour(page)
        for verdict in page.row["verdicts"] or ():
            yield from _verdict(page, verdict)


def _parts(page: Page) -> Iterator[Mistake]:
    for name, sentence in _PARTS.items():
        passage = page.sections.get(name)
        if passage is None or passage.is_empty:
            yield page.error(passage.line if passage else page.row.line, sentence)
    for passage in page.passages:
        for line in passage.headings():
            yield page.error(line, "Di dalam bagian kasus tidak ada judul lain.")


def _phases(page: Page) -> Iterator[Mistake]:
    """Either one ruling for all phases, or one for each of the two."""
    verdicts = page.row["verdicts"]
    if verdicts is None or any(verdict["phase"] is None for verdict in verdicts):
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
        for phase in (Phase.BEFORE, Phase.AFTER):
            if phase not in seen:
                yield page.error(
                    page.row.line_of("verdicts"), f"Vonis untuk tahap “{phase}” belum ada."
                )


def _review(page: Page) -> Iterator[Mistake]:
    if not is_published(page):
        return
    for key in ("reviewer", "reviewed_on"):
        if not page.row.has(key):
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
    if page.row["confidence"] is Footing.SAFE_PRACTICE:
        yield from _safe_practice(page, row)
        return
    if verdict is Verdict.FORBIDDEN and violation is Violation.NONE:
        yield page.error(line, "Vonis “tidak-boleh” memerlukan jenis pelanggaran.")
    if cites == ():
        yield page.error(
            row.line_of("cites"),
            "Vonis ini belum mempunyai rujukan; tanpa aturan, pakai confidence: praktik-aman.",
        )


def _safe_practice(page: Page, row: Row) -> Iterator[Mistake]:
    """Where no rule speaks, nothing is forbidden and nothing is a violation."""
    if row["verdict"] is Verdict.FORBIDDEN:
        yield page.error(
            row.line_of("verdict"), "Kasus praktik-aman tidak dapat memvonis “tidak-boleh”."
        )
    if row["violation"] not in (None, Violation.NONE):
        yield page.error(row.line_of("violation"), "Kasus praktik-aman memakai violation: none.")
