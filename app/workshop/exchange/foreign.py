"""Other people's questions as drafts: everything is kept, nothing is decided for a human.

A verdict is taken over only if the one right answer is word for word one of ours, and a
prohibition only if its tags cite the law that it rests on. Everything else is *bergantung* and
*praktik aman*, which claims nothing, and the draft says at its head what is to be decided.
"""

import re
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
from app.workshop.exchange import blocks, hypertext, inline, leftovers, tags
from app.workshop.exchange.drafts import Draft, Row
from app.workshop.exchange.names import id_for
from app.workshop.exchange.questions import (
    Answer,
    BadQuestion,
    Kind,
    Question,
    Words,
    shortened,
)
from app.workshop.exchange.sentences import question_in
from app.workshop.exchange.tags import Told

AUTHOR = "Impor dari Moodle"
#: Letters of a draft's question, where the text asks none and has no name.
_LONGEST_QUESTION = 200
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


def read(question: Question, topic: Topic | None = None, site: str = "") -> Draft:
    """A draft for a human to finish. Raises BadQuestion."""
    told = tags.read(question.tags)
    asked = hypertext.tree_of(question.words)
    situation = _markdown(question.words, site)
    if not situation:
        raise BadQuestion("soal ini tidak mempunyai teks.")
    words = hypertext.plain(asked)
    sentence = question_in(words)
    title = sentence or question.name or shortened(words or situation, _LONGEST_QUESTION)
    row, open_points = _row(question, told)
    left = (f"media: {said.rstrip('.')}" for said in leftovers.of(question))
    open_points = [*open_points, *_open(told, sentence), *left]
    return Draft(
        id=id_for(question.name, words),
        topic=_topic(question, told, topic),
        question=title,
        applies_to=tuple(told.persons) or PERSONS,
        rows=(row,),
        confidence=(told.footing or Footing.B) if row.cites else Footing.SAFE_PRACTICE,
        pressure=told.pressure or Pressure.IGNORANCE,
        difficulty=told.difficulty or 2,
        asked_like=(title,),
        author=AUTHOR,
        situation=situation,
        reason="\n\n".join(filter(None, _reason(question, open_points, site))),
        safe_act="**Perlu ditulis:** perbuatan aman dalam keadaan ini.",
        places=(question.place,),
    )


def _markdown(words: Words, site: str) -> str:
    return hypertext.to_markdown(hypertext.tree_of(words), site, is_ours=False)


def _topic(question: Question, told: Told, topic: Topic | None) -> Topic:
    last = re.split(r"(?<!/)/(?!/)", question.category)[-1].strip().casefold()
    named = (t for t in Topic if last in (t.value, TOPICS[t].casefold()))
    found = told.topic or next(named, None) or topic
    if found is None:
        raise BadQuestion("topiknya tidak diketahui; pakai --topic, atau tag “topik:…” di Moodle.")
    return found


def _row(question: Question, told: Told) -> tuple[Row, list[str]]:
    """The ruling that the draft may claim, and what it leaves open."""
    nothing = Row(Phase.ALWAYS, Verdict.DEPENDS, Violation.NONE, tuple(told.cites))
    right = [answer for answer in question.answers if answer.percent == 100]
    if len(right) != 1 or any(0 < answer.percent < 100 for answer in question.answers):
        return nothing, ["vonis: jawaban benarnya tidak tunggal, jadi sementara ditulis bergantung"]
    text = hypertext.plain(hypertext.tree_of(right[0].words))
    if question.kind is Kind.TRUE_FALSE or _bare(text) not in _OURS:
        return nothing, [
            f"vonis: jawaban asalnya “{shortened(text, 120)}” bukan pilihan Rambu, jadi "
            "sementara ditulis bergantung"
        ]
    verdict, violation = _OURS[_bare(text)]
    violation = violation or told.violation
    if verdict is not Verdict.FORBIDDEN:
        return Row(Phase.ALWAYS, verdict, Violation.NONE, tuple(told.cites)), []
    if violation in (None, Violation.NONE) or not told.cites:
        return nothing, [
            f"vonis: jawaban asalnya “{shortened(text, 120)}”, tetapi jenis pelanggaran atau "
            "rujukannya belum disebut, jadi sementara ditulis bergantung"
        ]
    return Row(Phase.ALWAYS, verdict, violation, tuple(told.cites)), []


def _open(told: Told, sentence: str) -> Iterator[str]:
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
    yield "isian act: belum ada; sebutkan perbuatannya dalam beberapa kata"
    yield "isian asked_like: tambahkan cara orang menanyakannya"


def _reason(question: Question, points: list[str], site: str) -> Iterator[str]:
    head = f"Soal dari Moodle ({_source(question)}). Hapus daftar ini sesudah diputuskan."
    yield f"**Perlu diputuskan.** {inline.plain_escaped(head)}"
    yield "\n".join(f"- {inline.plain_escaped(point)}" for point in points)
    if not question.feedback.is_empty:
        yield _markdown(question.feedback, site)
    for occasion, words in question.replies:
        yield f"**{occasion}:**"
        yield _markdown(words, site)
    yield "Pilihan jawaban pada soal asal:"
    yield "\n".join(_option(answer, site) for answer in question.answers)


def _source(question: Question) -> str:
    """All by which somebody may find the question again."""
    parts = [f"“{question.name}”" if question.name else "tanpa nama"]
    if question.idnumber:
        parts.append(f"nomor ID {question.idnumber}")
    if question.category:
        parts.append(f"kategori “{question.category}”")
    if others := [tag for tag in question.tags if not tags.is_ours(tag)]:
        parts.append(f"tag {', '.join(others)}")
    return ", ".join(parts)


def _option(answer: Answer, site: str) -> str:
    mark = {100.0: "Benar", 0.0: "Salah"}.get(answer.percent, f"Bobot {answer.percent:g}%")
    told = [_markdown(words, site) for words in (answer.words, answer.feedback)]
    joint = "\n\n" if blocks.is_block(told[0]) else " "
    text = f"**{mark}:**{joint}" + "\n\n".join(filter(None, told))
    return "- " + re.sub(r"\n(?=[^\n])", "\n  ", text)
