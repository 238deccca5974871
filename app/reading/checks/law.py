"""Instruments and the citations of them."""

from collections.abc import Iterator

from app.catalog.terms import Confidence
from app.reading.files import Sort
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.shapes import Ref
from app.reading.tree import Tree, cites_of, is_published


def check(tree: Tree) -> Iterator[Mistake]:
    for page in tree.of(Sort.REGULATION):
        yield from _anchors(page)
        yield from _status(tree, page)
        if page.sections["body"].is_empty:
            yield page.error(page.sections["body"].line, "Penjelasan peraturan belum ditulis.")
    for page in tree.pages:
        for ref in cites_of(page):
            yield from _citation(tree, page, ref)
        if page.sort in (Sort.LESSON, Sort.PLEDGE):
            yield from _rests_on_c(tree, page, page.row["cites"], page.row.line_of("cites"))
    for page in filter(is_published, tree.of(Sort.SCENARIO)):
        for verdict in page.row["verdicts"] or ():
            yield from _rests_on_c(tree, page, verdict["cites"], verdict.line_of("cites"))


def _anchors(page: Page) -> Iterator[Mistake]:
    seen = set()
    for row in page.row["provisions"] or ():
        anchor = row["id"]
        if anchor is not None and anchor in seen:
            yield page.error(row.line_of("id"), f"Ketentuan “{anchor}” ditulis dua kali.")
        seen.add(anchor)


def _status(tree: Tree, page: Page) -> Iterator[Mistake]:
    row = page.row
    heir = row["repealed_by"]
    if heir is not None and (heir == page.id or heir not in tree.regulations):
        yield page.error(
            row.line_of("repealed_by"), f"Peraturan pencabut “{heir}” tidak ditemukan."
        )
    begun, ended = row["in_force_from"], row["repealed_on"]
    if begun and ended and ended < begun:
        yield page.error(
            row.line_of("repealed_on"), "Tanggal pencabutan mendahului tanggal mulai berlaku."
        )


def _citation(tree: Tree, page: Page, ref: Ref) -> Iterator[Mistake]:
    if ref.regulation_id not in tree.regulations:
        yield page.error(ref.line, f"Peraturan “{ref.regulation_id}” yang dirujuk tidak ditemukan.")
    elif tree.provision(ref) is None:
        yield page.error(
            ref.line,
            f"Ketentuan “{ref.anchor}” tidak ada dalam {ref.regulation_id}; "
            f"yang ada: {', '.join(tree.anchors(ref.regulation_id))}.",
        )
    elif tree.is_repealed(ref.regulation_id) and not ref.is_historical:
        yield page.error(
            ref.line,
            f"Rujukan {ref} menunjuk peraturan yang sudah dicabut"
            f"{tree.heir_of(ref.regulation_id)}; ganti, atau tandai "
            f"{{cite: {ref}, historical: true}} bila disebut sebagai sejarah.",
        )
    elif ref.is_historical and not tree.is_repealed(ref.regulation_id):
        yield page.error(
            ref.line, f"Rujukan {ref} ditandai historical, padahal peraturannya belum dicabut."
        )


def _rests_on_c(
    tree: Tree, page: Page, cites: tuple[Ref, ...] | None, line: int
) -> Iterator[Mistake]:
    """C alone carries nothing that is published."""
    marks = [confidence_of(tree, ref) for ref in cites or ()]
    if marks and all(mark is Confidence.C for mark in marks):
        yield page.error(
            line,
            "Semua rujukannya berkeyakinan C; yang belum terverifikasi "
            "tidak boleh menjadi sandaran.",
        )


def confidence_of(tree: Tree, ref: Ref) -> Confidence | None:
    """The lower of the provision's and its instrument's; None where unknown."""
    provision = tree.provision(ref)
    if provision is None:
        return None
    instrument = tree.regulations[ref.regulation_id].row["confidence"]
    if provision["confidence"] is None or instrument is None:
        return None
    lower: Confidence = max(provision["confidence"], instrument)
    return lower
