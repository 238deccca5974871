"""Moodle XML, both ways, as Moodle 4 imports and exports it.

Whatever an element says and no question can hold is named in the bank's notes.
"""

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from functools import partial
from xml.etree.ElementTree import Element, SubElement

import defusedxml.ElementTree as defused
from defusedxml import DefusedXmlException

from app.workshop.exchange import hypertext, media
from app.workshop.exchange.encodings import as_xml
from app.workshop.exchange.questions import (
    Answer,
    BadFile,
    BadQuestion,
    Bank,
    Kind,
    Markup,
    Place,
    Question,
    Trouble,
    Unsupported,
    Words,
    shortened,
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
#: When Moodle says what else it says.
_REPLIES = {
    "correctfeedback": "Umpan balik bila benar",
    "partiallycorrectfeedback": "Umpan balik bila benar sebagian",
    "incorrectfeedback": "Umpan balik bila salah",
    "hint": "Petunjuk",
}
#: What Moodle writes there by itself.
_DEFAULTS = frozenset(
    {
        "your answer is correct.",
        "your answer is partially correct.",
        "your answer is incorrect.",
        "jawaban anda benar.",
        "jawaban anda benar sebagian.",
        "jawaban anda sebagian benar.",
        "jawaban anda salah.",
    }
)
#: What we read or name, and settings, which have no words.
_READ = {"name", "questiontext", "generalfeedback", "answer", "tags", "idnumber", *_REPLIES}
_READ |= {"file", "image", "image_base64"}
_SETTINGS = {
    *("answernumbering", "defaultgrade", "hidden", "penalty", "showstandardinstruction"),
    *("shownumcorrect", "shuffleanswers", "single", "usecase"),
}
_LONGEST_NOTE = 200


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
    for number, element in enumerate(_root(data), start=1):
        place = Place(number, name=_said(element.find("name")) or _gist(element))
        if element.tag != "question":
            bank.notes += _unread(place, element)
        elif element.get("type") == "category":
            category = _said(element.find("category"))
            bank.notes += _unread(place, element.find("info"))
        else:
            bank.add(place, partial(_read, element, place, category))
    return bank


def _gist(element: Element) -> str:
    return hypertext.plain(hypertext.tree_of(_as_words(element.find("questiontext"))))


def _unread(place: Place, element: Element | None) -> Iterator[Trouble]:
    """What stands in an element that no question holds."""
    text = "" if element is None else " ".join(" ".join(element.itertext()).split())
    if element is not None and text:
        sentence = f"isian “{element.tag}” tidak ikut: “{shortened(text, _LONGEST_NOTE)}”."
        yield Trouble(place, sentence)


def _root(data: bytes) -> Element:
    try:
        root = defused.fromstring(as_xml(data), forbid_dtd=True)
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
    question = Question(
        kind=kind,
        name=_said(element.find("name")),
        words=_as_words(element.find("questiontext")),
        answers=tuple(_answer(answer, kind) for answer in element.iterfind("answer")),
        feedback=_as_words(element.find("generalfeedback")),
        category=category,
        idnumber=(element.findtext("idnumber") or "").strip(),
        tags=tuple(filter(None, (_said(tag) for tag in element.iterfind("tags/tag")))),
        place=place,
        replies=tuple(_replies(element)),
        files=tuple(_files(element)),
        notes=tuple(_notes(element)),
    )
    media.weigh(question)
    if len(question.answers) < (2 if kind is Kind.CHOICE else 1):
        raise BadQuestion("jawabannya kurang.")
    return question


def _replies(element: Element) -> Iterator[tuple[str, Words]]:
    for child in element:
        if child.tag not in _REPLIES:
            continue
        words = _as_words(child)
        if not words.is_empty and _bare(words) not in _DEFAULTS:
            yield _REPLIES[child.tag], words


def _bare(words: Words) -> str:
    return hypertext.plain(hypertext.tree_of(words)).casefold()


def _files(element: Element) -> Iterator[str]:
    """Those of Moodle 2 and later, and the one picture that Moodle 1 had."""
    for inner in element.iter():
        if inner.tag == "file":
            yield inner.get("name") or "tanpa nama"
        elif inner.tag == "image" and (inner.text or "").strip():
            yield (inner.text or "").strip()


def _notes(element: Element) -> Iterator[str]:
    """What a plugin or another program added: every text is named."""
    for child in element:
        if child.tag not in _READ and child.tag not in _SETTINGS:
            for trouble in _unread(Place(), child):
                yield trouble.sentence


def _answer(element: Element, kind: Kind) -> Answer:
    words = _as_words(element)
    if words.is_empty:
        raise BadQuestion("salah satu jawabannya kosong.")
    if kind is Kind.TRUE_FALSE:
        said = hypertext.plain(hypertext.tree_of(words))
        words = Words(_TRUTHS.get(said.lower(), said), Markup.PLAIN)
    return Answer(words, _percent(element), _as_words(element.find("feedback")))


def _percent(element: Element) -> float:
    given = element.get("fraction", "0")
    try:
        percent = float(given.replace(",", "."))
    except ValueError:
        percent = math.nan
    if not math.isfinite(percent):
        raise BadQuestion(f"bobot jawaban “{given[:40]}” bukan angka.")
    return percent


def _as_words(element: Element | None) -> Words:
    if element is None:
        return Words()
    markup = _FORMATS.get(element.get("format", "html").strip(), Markup.HTML)
    texts = element.findall("text")
    if any(len(text) for text in texts):
        raise BadQuestion("HTML-nya tidak dibungkus CDATA; ekspor lagi dari Moodle.")
    said = [text.text or "" for text in texts] or [element.text or ""]
    return Words("\n\n".join(said).strip(), markup)


def _said(element: Element | None) -> str:
    """A text without markup, on one line."""
    if element is None:
        return ""
    return " ".join((element.findtext("text") or element.text or "").split())
