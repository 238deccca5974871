"""Sentences that must not sound surer than their source: our own readings, and "the law only …"."""

import re
from collections.abc import Iterator

from app.catalog.terms import ASN, Kind, PersonStatus, Violation
from app.reading.files import Sort
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.shapes import Row
from app.reading.tree import Tree, is_published

#: How a case says that a verdict is a reading and no row of the joint decree.
READ = re.compile(
    r"\b(?:kami|kita) (?:baca|membaca|menilai)\b|\bbacaan kami\b|\bmenurut kami\b", re.I
)
#: How a joint decree numbers its rows on ethics.
_ETHICS_ROW = re.compile(r"E[1-9]\d*")

_LEAVE = re.compile(r"\bCLTN\b|cuti di luar tanggungan", re.I)
#: A case that speaks of it says whose it is not, or whose alone.
_WHOSE_LEAVE = re.compile(r"\bCPNS\b|\bPPPK\b|\bhanya (?:bagi|untuk) PNS\b")
_WITHOUT_LEAVE = ASN - {PersonStatus.PNS}

_ONLY = re.compile(
    r"\b(?:hanya|cuma|sekadar|sebatas)(?: \w+){0,2} "
    r"(?:menyebut|melarang|mengatur|memuat|mengenal|menyasar|mewajibkan)\w*",
    re.I,
)
_LAW = re.compile(r"\b(?:UU|PP|SKB|Perka|Permendagri|PKPU|undang-undang|peraturan|aturan)\b", re.I)


def check(tree: Tree) -> Iterator[Mistake]:
    for page in filter(is_published, tree.of(Sort.SCENARIO)):
        yield from _ethics(page, tree)
        yield from _leave(page)
    for page in tree.pages:
        if page.sort is not Sort.REGULATION:
            yield from _only(page, tree)


def _ethics(page: Page, tree: Tree) -> Iterator[Mistake]:
    """A breach of ethics that no row of the joint decree names is our reading, and says so."""
    reason = page.sections.get("reason")
    if reason is None or reason.is_empty:
        return  # reported by the rules about cases
    for row in page.row["verdicts"] or ():
        if row["violation"] is Violation.ETHICS and not _rests_on_a_row(row, tree):
            said = row["note"] if row["note"] else _body(page)
            if not READ.search(said):
                yield page.error(
                    row.line_of("violation"),
                    "Vonis kode-etik tanpa baris E dari SKB ialah bacaan; katakan “kami baca”.",
                )


def _rests_on_a_row(row: Row, tree: Tree) -> bool:
    return any(
        _ETHICS_ROW.fullmatch(ref.anchor)
        and ref.regulation_id in tree.regulations
        and tree.regulations[ref.regulation_id].row["kind"] is Kind.JOINT
        for ref in row["cites"] or ()
    )


def _leave(page: Page) -> Iterator[Mistake]:
    """Leave without pay is a way for some PNS alone."""
    body = _body(page, "reason", "safe_act")
    said = " ".join((body, *(row["note"] or "" for row in page.row["verdicts"] or ())))
    is_for_others = _WITHOUT_LEAVE & set(page.row["applies_to"] or ())
    if is_for_others and _LEAVE.search(body) and not _WHOSE_LEAVE.search(said):
        yield page.error(
            page.row.line_of("applies_to"),
            "Kasus ini menyebut CLTN tanpa mengatakan bahwa cuti itu belum tentu ada bagi CPNS "
            "dan PPPK.",
        )


def _only(page: Page, tree: Tree) -> Iterator[Mistake]:
    """That a law says *only* this is a statement about all of it."""
    for passage in page.passages:
        for line, sentence in passage.sentences():
            if _ONLY.search(sentence) and _LAW.search(sentence) and not _read(sentence, tree):
                yield page.error(
                    line,
                    "“Hanya …” berkata tentang seluruh peraturan; baca naskahnya utuh dan isi "
                    "“read_whole_on” pada peraturan itu, atau hapus kata itu.",
                )


def _read(sentence: str, tree: Tree) -> bool:
    """Whether every regulation that the sentence names has been read to its end."""
    rows = [page.row for page in tree.of(Sort.REGULATION)]
    named = [row for row in rows if row["short"] and row["short"] in sentence]
    return bool(named) and all(row["read_whole_on"] for row in named)


def _body(page: Page, *sections: str) -> str:
    """All that a page says, or only some of its sections."""
    told = [page.sections[name] for name in sections if name in page.sections] or page.passages
    return " ".join(passage.source for passage in told)
