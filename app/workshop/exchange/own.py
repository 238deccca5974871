"""Our own questions, come back from a Moodle: the phases of a scenario are put together again."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from app.catalog.labels import QUIZ_OPTIONS, VIOLATIONS
from app.catalog.quiz_options import QuizOption, option_for
from app.catalog.terms import Facet, PersonStatus, Phase, Verdict, Violation
from app.workshop.exchange import hypertext, leftovers, outgoing, tags
from app.workshop.exchange.drafts import Draft, Row
from app.workshop.exchange.questions import BadQuestion, Place, Question, Trouble, shortened
from app.workshop.exchange.tags import Told
from app.workshop.exchange.trees import Node, parse

Value = TypeVar("Value")

_KEY = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)@(" + "|".join(Phase) + ")")
_ORDER = list(Phase)
_VERDICTS = {
    QuizOption.ALLOWED: Verdict.ALLOWED,
    QuizOption.DEPENDS: Verdict.DEPENDS,
    QuizOption.ETHICS: Verdict.FORBIDDEN,
    QuizOption.DISCIPLINE: Verdict.FORBIDDEN,
    QuizOption.ADMINISTRATIVE: Verdict.FORBIDDEN,
}
#: What an answer alone says of the violation; discipline may be any of three.
_VIOLATIONS = {
    QuizOption.ALLOWED: Violation.NONE,
    QuizOption.DEPENDS: Violation.NONE,
    QuizOption.ETHICS: Violation.ETHICS,
    QuizOption.ADMINISTRATIVE: Violation.ADMINISTRATIVE,
}
#: What an answer's feedback says when nobody changed it.
_WRITTEN = {
    f"{is_so}: {text}."
    for text in VIOLATIONS.values()
    for is_so in (outgoing.RIGHT, outgoing.WRONG)
}
#: What both phases of a scenario must say alike, and what people call it.
_ALIKE = {
    "topic": "topik",
    "question": "pertanyaan",
    "applies_to": "bagi siapa",
    "confidence": "pijakan",
    "pressure": "tekanan",
    "difficulty": "kesulitan",
    "asked_like": "asked_like",
    "author": "penulis",
    "situation": "situasi",
    "reason": "alasan",
    "safe_act": "anjuran",
    "dilemma": "dilema",
    "act": "act",
    "twin": "twin",
    "facets": "facets",
}


@dataclass(frozen=True, slots=True)
class _Machine:
    """What stood in the comment."""

    author: str
    asked_like: tuple[str, ...]
    rows: tuple[Row, ...]
    #: Markdown.
    dilemma: str
    act: str | None
    twin: str | None
    facets: dict[Facet, str]


def is_own(question: Question) -> bool:
    return _KEY.fullmatch(question.idnumber) is not None


def scenario_of(question: Question) -> str:
    return question.idnumber.partition("@")[0]


def read(question: Question, site: str = "") -> Draft:
    """A draft with the ruling of this one question. Raises BadQuestion."""
    key = _KEY.fullmatch(question.idnumber)
    assert key is not None, "the question is one of ours: see `is_own`"
    id, phase = key.groups()
    asked, told = hypertext.tree_of(question.words), tags.read(question.tags)
    explained = hypertext.tree_of(question.feedback)
    machine = _machine(explained)
    if told.phase not in (None, phase):
        raise BadQuestion(f"tag “tahap:{told.phase}” berbeda dari nomor ID-nya.")
    return Draft(
        id=id,
        topic=_given(told.topic, tags.Key.TOPIC),
        question=hypertext.plain(_part(asked, outgoing.QUESTION)),
        applies_to=tuple(_given(told.persons, tags.Key.PERSON)),
        rows=(_row(question, Phase(phase), told), *machine.rows),
        confidence=_given(told.footing, tags.Key.FOOTING),
        pressure=_given(told.pressure, tags.Key.PRESSURE),
        difficulty=_given(told.difficulty, tags.Key.DIFFICULTY),
        asked_like=machine.asked_like,
        author=machine.author,
        situation=_markdown(asked, outgoing.SITUATION, site),
        reason=_markdown(explained, outgoing.REASON, site),
        safe_act=_markdown(explained, outgoing.SAFE_ACT, site),
        dilemma=machine.dilemma,
        act=machine.act,
        twin=machine.twin,
        facets=machine.facets,
        places=(question.place,),
    )


def _given(value: Value | None, key: tags.Key) -> Value:
    if value is None or value == []:
        raise BadQuestion(f"tag “{key}:…” hilang; kembalikan di Moodle lalu ekspor lagi.")
    return value


def _part(node: Node, name: str) -> Node:
    found = node.of_class(name)
    if found is None:
        raise BadQuestion(
            f"bagian “{name}” hilang; hapus nomor ID-nya di Moodle agar soal masuk sebagai soal "
            "baru."
        )
    return found


def _markdown(node: Node, name: str, site: str) -> str:
    return hypertext.to_markdown(_part(node, name), site)


def _row(question: Question, phase: Phase, told: Told) -> Row:
    option = _right_option(question)
    verdict = _VERDICTS[option]
    violation = told.violation or _VIOLATIONS.get(option)
    if violation is None:
        raise BadQuestion("tag “pelanggaran:…” hilang, padahal jawabannya hukuman disiplin.")
    if option_for(verdict, violation) is not option:
        raise BadQuestion(
            f"jawaban benarnya “{QUIZ_OPTIONS[option]}” tidak cocok dengan tag "
            f"“pelanggaran:{violation}”; samakan di Moodle."
        )
    return Row(phase, verdict, violation, tuple(told.cites))


def _right_option(question: Question) -> QuizOption:
    options = {label: option for option, label in QUIZ_OPTIONS.items()}
    found = {hypertext.plain(hypertext.tree_of(a.words)): a.percent for a in question.answers}
    right = [text for text, percent in found.items() if percent == 100]
    if set(found) != set(options) or len(question.answers) != len(options):
        raise BadQuestion(
            "jawabannya bukan lagi kelima pilihan Rambu; hapus nomor ID-nya di Moodle agar soal "
            "masuk sebagai soal baru."
        )
    if len(right) != 1 or any(percent not in (0, 100) for percent in found.values()):
        raise BadQuestion("jawaban benarnya harus tepat satu.")
    return options[right[0]]


def _machine(node: Node) -> _Machine:
    for comment in node.comments():
        if comment.startswith(outgoing.MACHINE):
            return _machine_read(comment.removeprefix(outgoing.MACHINE))
    raise BadQuestion(
        "catatan Rambu pada umpan balik umumnya hilang (penyunting Moodle membuangnya); ambil "
        "ekspor yang lebih lama, atau hapus nomor ID-nya agar soal masuk sebagai soal baru."
    )


def _machine_read(text: str) -> _Machine:
    try:
        found = json.loads(text)
        asked_like = tuple(map(_string, found["asked_like"]))
        if not asked_like:
            raise ValueError
        rows = tuple(map(_untold, found["rows"]))
        dilemma = "\n\n".join(map(_step, found["dilemma"]))
        act, twin = (_string(found[key]) if found.get(key) else None for key in ("act", "twin"))
        facets = {Facet(key): _string(text) for key, text in found.get("facets", {}).items()}
        return _Machine(_string(found["author"]), asked_like, rows, dilemma, act, twin, facets)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadQuestion("catatan Rambu pada umpan balik umumnya rusak.") from None


def _string(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return " ".join(value.split())


def _untold(row: dict[str, Any]) -> Row:
    cites = [tags.read([_cite_tag(cite)]).cites[0] for cite in row["cites"]]
    return Row(
        Phase(row["phase"]),
        Verdict(row["verdict"]),
        Violation(row["violation"]),
        tuple(cites),
        tuple(map(PersonStatus, row.get("for", ()))),
        _string(row["note"]) if "note" in row else None,
    )


def _step(step: dict[str, Any]) -> str:
    prompt = hypertext.to_markdown(parse(step["prompt"]))
    choices = "\n".join(
        f"- [{'x' if is_best else ' '}] {_string(text)}\n  > {_string(consequence)}"
        for text, consequence, is_best in step["choices"]
    )
    return f"### {_string(step['title'])}\n{prompt}\n\n{choices}"


def _cite_tag(cite: str) -> str:
    ref = cite.removeprefix("!")
    return f"{tags.Key.CITE if ref == cite else tags.Key.HISTORICAL}:{ref}"


def left_out(question: Question) -> Iterator[str]:
    """What somebody added in Moodle where a case has no place for it, as sentences."""
    yield from leftovers.of(question)
    for tag in question.tags:
        if not tags.is_ours(tag):
            yield f"tag “{tag}” tidak ikut."
    added = [_outside(hypertext.tree_of(words)) for words in (question.words, question.feedback)]
    added += [hypertext.plain(hypertext.tree_of(words)) for _, words in question.replies]
    added += [hypertext.plain(hypertext.tree_of(a.feedback)) for a in question.answers]
    for text in added:
        if text and text not in _WRITTEN:
            yield f"teks di luar bagian kasus tidak ikut: “{shortened(text, 200)}”."


def _outside(node: Node) -> str:
    """The words beside the parts of a case and the headings that we wrote ourselves."""
    if any(part in node.attrs.get("class", "").split() for part in outgoing.PARTS):
        return ""
    texts = (c if isinstance(c, str) else _outside(c) for c in node.children if _has_words(c))
    text = " ".join(" ".join(texts).split())
    return "" if text in outgoing.HEADINGS else text


def _has_words(child: Node | str) -> bool:
    return isinstance(child, str) or not child.is_silent


def _comparable(draft: Draft, name: str) -> object:
    """Tags have no order."""
    return set(draft.applies_to) if name == "applies_to" else getattr(draft, name)


def merge(drafts: Sequence[Draft]) -> tuple[Draft | None, list[Trouble]]:
    """One draft of all phases of a scenario, or what keeps them from being one."""
    first, troubles = drafts[0], []
    told: dict[Phase, Place] = {}
    rows: list[Row] = []
    for draft in drafts:
        (place,), (row, *untold) = draft.places, draft.rows
        for name, word in _ALIKE.items():
            if _comparable(draft, name) != _comparable(first, name):
                sentence = f"{word} berbeda dari {first.places[0]}; samakan kedua tahapnya."
                troubles.append(Trouble(place, sentence))
        if untold != list(first.rows[1:]):
            sentence = f"catatan Rambu berbeda dari {first.places[0]}; ekspor ulang keduanya."
            troubles.append(Trouble(place, sentence))
        if row.phase in told:
            sentence = f"kasus dan tahap yang sama sudah ada pada {told[row.phase]}."
            troubles.append(Trouble(place, sentence))
        told.setdefault(row.phase, place)
        rows.append(row)
    if troubles:
        return None, troubles
    rows += first.rows[1:]
    rows.sort(key=lambda row: (bool(row.persons), 0 if row.persons else _ORDER.index(row.phase)))
    values = {field.name: getattr(first, field.name) for field in fields(Draft)}
    places = tuple(draft.places[0] for draft in drafts)
    return Draft(**{**values, "rows": tuple(rows), "places": places}), []
