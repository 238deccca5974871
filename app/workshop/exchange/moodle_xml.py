"""Moodle XML, both ways, as Moodle 4 imports and exports it."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from functools import partial
from xml.etree.ElementTree import Element, SubElement

import defusedxml.ElementTree as defused
from defusedxml import DefusedXmlException

from app.workshop.exchange.questions import (
    LARGEST_QUESTION,
    Answer,
    BadFile,
    BadQuestion,
    Bank,
    Kind,
    Markup,
    Place,
    Question,
    Unsupported,
    Words,
)

_FORMATS = {
    "html": Markup.HTML,
    "moodle_auto_format": Markup.MOODLE,
    "plain_text": Markup.PLAIN,
    "markdown": Markup.MARKDOWN,
    "wiki_like": Markup.PLAIN,
}
_NAMES = {markup: name for name, markup in reversed(_FORMATS.items())}
_TRUTHS = {"true": "Benar", "false": "Salah"}


def write(questions: Iterable[Question]) -> bytes:
    """Categories are named whenever they change."""
    quiz = Element("quiz")
    category = ""
    for question in questions:
        if question.category != category:
            category = question.category
            _text(SubElement(_element(quiz, "category"), "category"), category)
        _write(quiz, question)
    ET.indent(quiz)
    written: bytes = ET.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _element(quiz: Element, kind: str) -> Element:
    return SubElement(quiz, "question", type=kind)


def _write(quiz: Element, question: Question) -> None:
    element = _element(quiz, question.kind)
    _text(SubElement(element, "name"), question.name)
    _words(element, "questiontext", question.words)
    _words(element, "generalfeedback", question.feedback)
    for name, value in {
        "defaultgrade": "1",
        "penalty": "0",
        "hidden": "0",
        "idnumber": question.idnumber,
        "single": "true",
        "shuffleanswers": "false",
        "answernumbering": "abc",
        "showstandardinstruction": "0",
    }.items():
        SubElement(element, name).text = value
    for answer in question.answers:
        inside = _words(element, "answer", answer.words, fraction=f"{answer.percent:g}")
        _words(inside, "feedback", answer.feedback)
    tags = SubElement(element, "tags")
    for tag in question.tags:
        _text(SubElement(tags, "tag"), tag)


def _words(parent: Element, name: str, words: Words, **attributes: str) -> Element:
    element = SubElement(parent, name, {**attributes, "format": _NAMES[words.markup]})
    _text(element, words.text)
    return element


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text


def read(data: bytes) -> Bank:
    """Every question of a Moodle XML file. Raises BadFile."""
    bank = Bank()
    category = ""
    for number, element in enumerate(_root(data).iterfind("question"), start=1):
        if element.get("type") == "category":
            category = _said(element.find("category"))
            continue
        place = Place(number, name=_said(element.find("name")))
        bank.add(place, partial(_read, element, place, category))
    return bank


def _root(data: bytes) -> Element:
    try:
        root = defused.fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise BadFile("Berkas memuat DTD atau entitas buatan; Moodle tidak menulisnya.") from None
    except ET.ParseError as error:
        line, _ = error.position
        raise BadFile(
            f"Susunan XML atau pengodean hurufnya rusak pada baris {line}. "
            "Ekspor lagi dari Moodle tanpa menyuntingnya."
        ) from None
    except (LookupError, ValueError):
        raise BadFile("Pengodean huruf berkas ini tidak dikenal; simpan sebagai UTF-8.") from None
    if root.tag != "quiz":
        raise BadFile(f"Ini bukan bank soal Moodle: unsur terluarnya “{root.tag[:40]}”.")
    return root


def _read(element: Element, place: Place, category: str) -> Question:
    given = element.get("type", "")
    if given not in list(Kind):
        raise Unsupported(f"jenis soal “{given[:40]}” tidak dapat menjadi kasus.")
    kind = Kind(given)
    answers = tuple(_answer(answer, kind) for answer in element.iterfind("answer"))
    asked = element.find("questiontext")
    question = Question(
        kind=kind,
        name=place.name,
        words=_as_words(asked),
        answers=answers,
        feedback=_as_words(element.find("generalfeedback")),
        category=category,
        idnumber=(element.findtext("idnumber") or "").strip(),
        tags=tuple(filter(None, (_said(tag) for tag in element.iterfind("tags/tag")))),
        place=place,
        has_files=next(element.iter("file"), None) is not None,
    )
    if question.size > LARGEST_QUESTION:
        raise BadQuestion(f"soal ini lebih dari {LARGEST_QUESTION // 1000} ribu huruf.")
    if len(answers) < (2 if kind is Kind.CHOICE else 1):
        raise BadQuestion("jawabannya kurang.")
    return question


def _answer(element: Element, kind: Kind) -> Answer:
    words = _as_words(element)
    if words.is_empty:
        raise BadQuestion("salah satu jawabannya kosong.")
    if kind is Kind.TRUE_FALSE:
        label = _TRUTHS.get(words.text.strip().lower(), words.text)
        words = Words(label, Markup.PLAIN)
    return Answer(words, _percent(element), _as_words(element.find("feedback")))


def _percent(element: Element) -> float:
    try:
        return float(element.get("fraction", "0"))
    except ValueError:
        raise BadQuestion(f"bobot jawaban “{element.get('fraction')}” bukan angka.") from None


def _as_words(element: Element | None) -> Words:
    if element is None:
        return Words()
    markup = _FORMATS.get(element.get("format", "html").strip(), Markup.HTML)
    text = element.find("text")
    if text is None:
        return Words("", markup)
    if len(text):
        raise BadQuestion("HTML-nya tidak dibungkus CDATA; ekspor lagi dari Moodle.")
    return Words((text.text or "").strip(), markup)


def _said(element: Element | None) -> str:
    """A text without markup, on one line."""
    if element is None:
        return ""
    return " ".join((element.findtext("text") or element.text or "").split())
