"""What the answers of somebody who writes a new case must be, and the law they may rest on. Pure.

A `read_…` function takes an answer as typed and gives its value, or raises Unfit with one sentence
after which whoever asked may ask again. The file itself is a `Draft`: safe YAML, `status: draf`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from app.catalog.staleness import StaleRule
from app.catalog.terms import Confidence, Footing, Verdict, Violation
from app.reading.checks import acts, names
from app.reading.checks.cases import SAID
from app.reading.checks.prose import LONGEST_SENTENCE
from app.reading.files import Sort
from app.reading.shapes import Slug
from app.reading.tree import Tree
from app.stale import stale_claims
from app.workshop.exchange.drafts import Row
from app.workshop.exchange.tags import Cite

Term = TypeVar("Term", bound=StrEnum)
Rules = Sequence[StaleRule]

#: Ways of asking that a search needs before it finds a case.
FEWEST_ASKED = 3
#: Provisions that one search shows.
MOST_FOUND = 12
LONGEST_QUESTION, LONGEST_ID = 160, 60

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WORD = re.compile(r"[a-z0-9]+")
#: Lines that Markdown or the reader of cases would take for more than words.
_STRUCTURE = re.compile(r"\s{0,3}(?:#{1,6}(?:\s|$)|`{3,}|~{3,}|(?:=+|-+)\s*$)")
#: Says nothing about which case it is.
_HOLLOW = re.compile(
    r"\b(?:bolehkah|apakah|saya|anda|kita|ia|dia|seorang|yang|di|ke|dari|dan|atau|untuk|pada|dalam"
    r"|dengan|itu|ini|para|sang|si|asn|pns|pegawai)\b"
)


class Unfit(ValueError):
    """An answer that cannot be taken; one sentence that says what would fit."""


def read_line(answer: str) -> str:
    """Words on one line."""
    text = " ".join(_clean(answer).split())
    if not text:
        raise Unfit("Jawaban ini masih kosong.")
    return text


def read_question(answer: str, rules: Rules, parties: tuple[str, ...] = ()) -> str:
    text = read_line(answer)
    if not re.match(r"Bolehkah\s\S", text):
        raise Unfit("Pertanyaan diawali “Bolehkah”, misalnya: Bolehkah menyukai unggahan calon?")
    if not text.endswith("?"):
        raise Unfit("Pertanyaan diakhiri tanda tanya.")
    if len(text) > LONGEST_QUESTION:
        raise Unfit(f"Pertanyaan ini {len(text)} huruf; ringkas menjadi {LONGEST_QUESTION} huruf.")
    for remark in remarks(text, rules, parties):
        raise Unfit(remark)
    return text


def read_id(answer: str, taken: Collection[str]) -> str:
    text = read_line(answer)
    if not Slug.accepts(text) or len(text) > LONGEST_ID:
        raise Unfit(
            f"Nama kasus {Slug.must}, paling panjang {LONGEST_ID}, misalnya menyukai-unggahan."
        )
    if text in taken:
        raise Unfit(f"Nama “{text}” sudah dipakai kasus lain.")
    return text


def proposed_id(question: str, taken: Collection[str]) -> str:
    """The words of a question that tell it from others, as a name that is free."""
    words = _WORD.findall(_HOLLOW.sub(" ", question.casefold()))[:6]
    name = "-".join(words)[: LONGEST_ID - 4].strip("-") or "kasus-baru"
    free, number = name, 2
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free


def read_term(answer: str, terms: Sequence[Term]) -> Term:
    """One of a list, by its place in it (from 1) or by its name."""
    text = read_line(answer).casefold()
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(terms):
        return terms[int(text) - 1]
    for term in terms:
        if text in (term.value.casefold(), term.value.replace("-", " ").casefold()):
            return term
    raise Unfit(f"Jawab dengan nomor 1–{len(terms)} atau namanya, misalnya {terms[0]}.")


def read_terms(answer: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Some of a list, in its order: `1 2 4`, or `pns, cpns`."""
    given = {read_term(part, terms) for part in re.split(r"[\s,]+", read_line(answer))}
    return tuple(term for term in terms if term in given)


def read_whole(answer: str, low: int, high: int) -> int:
    text = read_line(answer)
    if not (text.isascii() and text.isdigit() and len(text) < 9 and low <= int(text) <= high):
        raise Unfit(f"Jawab dengan angka {low}–{high}.")
    return int(text)


def read_yes(answer: str) -> bool:
    text = read_line(answer).casefold()
    if text not in ("y", "ya", "t", "tidak"):
        raise Unfit("Jawab dengan y (ya) atau t (tidak).")
    return text in ("y", "ya")


def read_text(answer: str) -> str:
    """Paragraphs of Markdown that open no section of their own."""
    lines = [line.rstrip() for line in _clean(answer).strip().split("\n")]
    if not any(lines):
        raise Unfit("Bagian ini masih kosong; tulis sedikitnya satu kalimat.")
    return "\n".join("\\" + line.lstrip() if _STRUCTURE.match(line) else line for line in lines)


def read_act(answer: str) -> str:
    """The deed as it stands beside its verdict."""
    text = read_line(answer)
    for fault in acts.faults(text):
        raise Unfit(fault)
    return text


def proposed_act(question: str) -> str:
    """The question without its “Bolehkah”; the editor shortens what is too long."""
    deed = question.removeprefix("Bolehkah ").removesuffix("?").strip()
    return deed[:1].upper() + deed[1:]


def read_asked_like(answers: Iterable[str]) -> tuple[str, ...]:
    """Ways to ask, one a line, each once."""
    found = tuple(dict.fromkeys(read_line(text) for text in answers if text.strip()))
    if len(found) < FEWEST_ASKED:
        raise Unfit(f"Tulis sedikitnya {FEWEST_ASKED} cara bertanya, satu setiap baris.")
    return found


def remarks(text: str, rules: Rules, parties: tuple[str, ...] = ()) -> Iterator[str]:
    """What the checker will say about prose, said while it is being written."""
    for claim in stale_claims(text, rules):
        yield f"“{claim.found}”: {claim.right}"
    for name, _ in names.found_in(text, parties):
        yield f"Teks menyebut “{name}”; pakai sebutan umum."
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if len(sentence.split()) > LONGEST_SENTENCE:
            yield f"Kalimat “{sentence[:40]}…” lebih dari {LONGEST_SENTENCE} kata."


def says_safe_practice(*texts: str) -> bool:
    return any(SAID in text.casefold() for text in texts)


# --- law ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A provision that may be cited."""

    ref: str
    label: str
    text: str
    title: str
    #: The lower of the provision's and its instrument's.
    confidence: Confidence
    is_repealed: bool
    heir: str | None


def shelf_of(tree: Tree) -> dict[str, Entry]:
    """Every provision of a content folder that can be read, by its reference."""
    found = {}
    for page in tree.of(Sort.REGULATION):
        whole = page.row
        for row in whole["provisions"] or ():
            if None in (row["id"], row["label"], row["confidence"], whole["confidence"]):
                continue
            entry = Entry(
                ref=f"{page.id}#{row['id']}",
                label=f"{whole['short'] or page.id} {row['label']}",
                text=row["text"] or "",
                title=whole["title"] or "",
                confidence=max(row["confidence"], whole["confidence"]),
                is_repealed=tree.is_repealed(page.id),
                heir=whole["repealed_by"],
            )
            found[entry.ref] = entry
    return found


def search(shelf: Iterable[Entry], asked: str) -> list[Entry]:
    """Provisions that have every word of `asked`, nearest first: `94 5 n`, `like unggahan`.

    Numbers and letters are looked for among numbers of articles alone; words everywhere.
    """
    words = _WORD.findall(asked.casefold())
    scored = [(score, entry) for entry in shelf if (score := _score(entry, words)) is not None]
    return [entry for _, entry in sorted(scored, key=lambda pair: pair[0])] if words else []


def _score(entry: Entry, words: list[str]) -> tuple[int, bool, Confidence] | None:
    """How far an entry is from the words; None when it lacks one."""
    name = _WORD.findall(f"{entry.ref} {entry.label}".casefold())
    far = 0
    for word in words:
        if word in name:
            continue
        if len(word) < 3 or word.isdigit():
            return None
        if any(part.startswith(word) for part in name):
            far += 1
        elif word in f"{entry.title} {entry.text}".casefold():
            far += 2
        else:
            return None
    return far, entry.is_repealed, entry.confidence


def read_cite(ref: str, shelf: dict[str, Entry]) -> Cite:
    """`pp-94-2021#5-n-5`; `!uu-5-2014#9-2` is named as history only."""
    wanted = ref.removeprefix("!")
    entry = shelf.get(wanted)
    if entry is None:
        raise Unfit(f"Ketentuan “{wanted}” tidak ada dalam folder regulations.")
    is_historical = ref.startswith("!")
    if entry.is_repealed and not is_historical:
        heir = f"; cari penggantinya di {entry.heir}" if entry.heir else ""
        raise Unfit(
            f"{entry.label} sudah dicabut{heir}. Bila hanya disebut sebagai sejarah, "
            "beri tanda ! di depannya."
        )
    if is_historical and not entry.is_repealed:
        raise Unfit(f"{entry.label} masih berlaku, jadi tanpa tanda !.")
    return Cite(entry.ref, is_historical)


def check_cites(cites: Collection[Cite], verdict: Verdict, shelf: dict[str, Entry]) -> None:
    """Raises Unfit when a verdict may not rest on these alone."""
    if not cites and verdict is Verdict.FORBIDDEN:
        raise Unfit("Vonis “tidak boleh” memerlukan sedikitnya satu rujukan.")
    if cites and not _carrying(cites, shelf):
        raise Unfit(
            "Semua rujukannya berkeyakinan C atau sejarah; tambahkan satu yang A atau B, "
            "sebab yang belum terverifikasi tidak boleh menjadi sandaran."
        )


def _carrying(cites: Iterable[Cite], shelf: dict[str, Entry]) -> set[Confidence]:
    marks = {shelf[cite.ref].confidence for cite in cites if not cite.is_historical}
    return marks - {Confidence.C}


def footing_of(rows: Sequence[Row], shelf: dict[str, Entry]) -> Footing:
    """What a case stands on: its weakest verdict decides."""
    marks = [_carrying(row.cites, shelf) for row in rows]
    if not all(marks):
        return Footing.SAFE_PRACTICE
    return Footing.A if all(Confidence.A in found for found in marks) else Footing.B


def unfounded(rows: Sequence[Row]) -> list[int]:
    """Places of verdicts that need a citation, since the case as a whole is no safe practice."""
    is_rule = any(
        row.verdict is Verdict.FORBIDDEN or row.violation is not Violation.NONE for row in rows
    )
    return [place for place, row in enumerate(rows) if is_rule and not row.cites]


def _clean(answer: str) -> str:
    text = answer.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if _UNSEEN.search(text):
        raise Unfit("Jawaban ini memuat karakter yang tidak terlihat; ketik sekali lagi.")
    return text
