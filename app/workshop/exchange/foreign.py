"""Other people's questions as drafts: everything is kept, nothing is decided for a human.

A verdict is taken over only if the one right answer is word for word one of ours, and a
prohibition only if its tags cite the law that it rests on. Everything else is *bergantung* and
*praktik aman*, which claims nothing, and the draft says at its head what is to be decided.
"""

import re
import unicodedata
from collections.abc import Iterator

from app.catalog.labels import QUIZ_OPTIONS, TOPICS, VERDICTS
from app.catalog.quiz_options import QuizOption
from app.catalog.terms import (
    Footing,
    PersonStatus,
    Phase,
    Pressure,
    Topic,
    Verdict,
    Violation,
)
from app.workshop.exchange import hypertext, tags
from app.workshop.exchange.drafts import Draft, Row
from app.workshop.exchange.questions import Answer, BadQuestion, Kind, Question
from app.workshop.exchange.tags import Told

AUTHOR = "Impor dari Moodle"
LONGEST_ID = 60
#: Whom a draft is about until somebody decides.
PERSONS = (
    PersonStatus.PNS,
    PersonStatus.CPNS,
    PersonStatus.PPPK,
    PersonStatus.PPPK_PART_TIME,
)
_OPTIONS = {
    QuizOption.ETHICS: Violation.ETHICS,
    QuizOption.DISCIPLINE: None,
    QuizOption.ADMINISTRATIVE: Violation.ADMINISTRATIVE,
}
_ASKING = re.compile(r"[^.!?]*\?")

_Verdict = tuple[Verdict, Violation | None]


def _ours() -> dict[str, _Verdict]:
    """Every text of an answer that is unmistakably one of our verdicts."""
    found: dict[str, _Verdict] = {text: (v, Violation.NONE) for v, text in VERDICTS.items()}
    found[VERDICTS[Verdict.FORBIDDEN]] = (Verdict.FORBIDDEN, None)
    for option, violation in _OPTIONS.items():
        found[QUIZ_OPTIONS[option]] = (Verdict.FORBIDDEN, violation)
    return {_bare(text): verdict for text, verdict in found.items()}


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .!").casefold()


_OURS = _ours()


def slug(name: str) -> str:
    """`Bolehkah “like”?` is `bolehkah-like`; empty when nothing is left."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", letters))
    found = ""
    for word in words:
        if len(found) + len(word) >= LONGEST_ID:
            break
        found += f"-{word}" if found else word
    return found or "".join(words)[:LONGEST_ID]


def read(question: Question, topic: Topic | None = None, site: str = "") -> Draft:
    """A draft for a human to finish. Raises BadQuestion."""
    told = tags.read(question.tags)
    asked = hypertext.tree_of(question.words)
    words = hypertext.plain(asked)
    if not words:
        raise BadQuestion("soal ini tidak mempunyai teks.")
    id = slug(question.name or words)
    if not id:
        raise BadQuestion("namanya tidak memuat huruf Latin; beri nama di Moodle.")
    sentence = _sentence(words)
    row, open_points = _row(question, told)
    open_points = [*open_points, *_open(question, told, sentence)]
    return Draft(
        id=id,
        topic=_topic(question, told, topic),
        question=sentence or question.name or words[:200],
        applies_to=tuple(told.persons) or PERSONS,
        rows=(row,),
        confidence=(told.footing or Footing.B) if row.cites else Footing.SAFE_PRACTICE,
        pressure=told.pressure or Pressure.IGNORANCE,
        difficulty=told.difficulty or 2,
        asked_like=(sentence or question.name or words[:200],),
        author=AUTHOR,
        situation=hypertext.to_markdown(asked, site),
        reason="\n\n".join(_reason(question, open_points, site)),
        safe_act="**Perlu ditulis:** perbuatan aman dalam keadaan ini.",
        places=(question.place,),
    )


def _topic(question: Question, told: Told, topic: Topic | None) -> Topic:
    last = re.split(r"(?<!/)/(?!/)", question.category)[-1].strip().casefold()
    named = (t for t in Topic if last in (t.value, TOPICS[t].casefold()))
    found = told.topic or next(named, None) or topic
    if found is None:
        raise BadQuestion("topiknya tidak diketahui; pakai --topic, atau tag “topik:…” di Moodle.")
    return found


def _sentence(words: str) -> str:
    """The last question that the text asks; a text need not ask any."""
    found = _ASKING.findall(words)
    return found[-1].strip(' "”’)') if found else ""


def _row(question: Question, told: Told) -> tuple[Row, list[str]]:
    """The ruling that the draft may claim, and what it leaves open."""
    nothing = Row(Phase.ALWAYS, Verdict.DEPENDS, Violation.NONE, tuple(told.cites))
    right = [answer for answer in question.answers if answer.percent == 100]
    if len(right) != 1 or any(0 < answer.percent < 100 for answer in question.answers):
        return nothing, ["vonis: jawaban benarnya tidak tunggal, jadi sementara ditulis bergantung"]
    text = hypertext.plain(hypertext.tree_of(right[0].words))
    if question.kind is Kind.TRUE_FALSE or _bare(text) not in _OURS:
        return nothing, [
            f"vonis: jawaban asalnya “{_short(text)}” bukan pilihan Rambu, jadi sementara ditulis "
            "bergantung"
        ]
    verdict, violation = _OURS[_bare(text)]
    violation = violation or told.violation
    if verdict is not Verdict.FORBIDDEN:
        return Row(Phase.ALWAYS, verdict, Violation.NONE, tuple(told.cites)), []
    if violation in (None, Violation.NONE) or not told.cites:
        return nothing, [
            f"vonis: jawaban asalnya “{_short(text)}”, tetapi jenis pelanggaran atau rujukannya "
            "belum disebut, jadi sementara ditulis bergantung"
        ]
    return Row(Phase.ALWAYS, verdict, violation, tuple(told.cites)), []


def _open(question: Question, told: Told, sentence: str) -> Iterator[str]:
    yield "tahap: vonis ini ditulis untuk semua tahap; pecah bila sebelum dan sesudah berbeda"
    if not told.cites:
        yield "rujukan: belum ada; sampai itu kasus ini dicatat sebagai praktik aman"
    guessed = {
        "applies_to": told.persons,
        "pressure": told.pressure,
        "difficulty": told.difficulty,
    }
    if missing := [name for name, value in guessed.items() if not value]:
        yield f"isian {', '.join(missing)}: nilainya bawaan, bukan dari soal"
    if not sentence.startswith("Bolehkah"):
        yield "isian question: tulis sebagai satu kalimat yang diawali “Bolehkah”"
    yield "isian asked_like: tambahkan cara orang menanyakannya"
    if question.has_files:
        yield "gambar atau lampiran soal asal tidak ikut"


def _reason(question: Question, points: list[str], site: str) -> Iterator[str]:
    source = f"“{_short(question.name)}”" if question.name else "tanpa nama"
    if question.idnumber:
        source += f", nomor ID {question.idnumber}"
    head = f"Soal dari Moodle ({source}). Hapus daftar ini sesudah diputuskan."
    yield f"**Perlu diputuskan.** {hypertext.to_markdown(_node(head))}"
    yield "\n".join(f"- {hypertext.to_markdown(_node(point))}" for point in points)
    if not question.feedback.is_empty:
        yield hypertext.to_markdown(hypertext.tree_of(question.feedback), site)
    yield "Pilihan jawaban pada soal asal:"
    yield "\n".join(_option(answer, site) for answer in question.answers)


def _node(text: str) -> hypertext.Node:
    return hypertext.Node("", {}, [text])


def _option(answer: Answer, site: str) -> str:
    mark = {100.0: "Benar", 0.0: "Salah"}.get(answer.percent, f"Bobot {answer.percent:g}%")
    parts = [hypertext.to_markdown(hypertext.tree_of(answer.words), site)]
    if not answer.feedback.is_empty:
        parts.append(hypertext.to_markdown(hypertext.tree_of(answer.feedback), site))
    text = f"**{mark}:** " + "\n\n".join(parts)
    return "- " + re.sub(r"\n(?=[^\n])", "\n  ", text)


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"
