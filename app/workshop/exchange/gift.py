"""Reading GIFT as Moodle 4 reads it.

An empty line ends a question. In a question the marks are `::name::`, `{answers}`, `=` right, `~`
wrong, `%weight%`, `#` feedback and `####` general feedback; a backslash takes a mark's meaning
away. `// [id:…] [tag:…]` before a question carries its ID number and its tags.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from app.workshop.exchange import media
from app.workshop.exchange.encodings import decoded
from app.workshop.exchange.questions import (
    Answer,
    BadQuestion,
    Bank,
    Kind,
    Markup,
    Place,
    Question,
    Unsupported,
    Words,
)

_ESCAPE = re.compile(r"\\([\\~=#{}:n])")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:[.,]\d+)?)%")
_ID = re.compile(r"\[id:((?:\\\]|[^\]])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")
_NAME = re.compile(r"::((?:\\.|(?!::).)*)::", re.DOTALL)
_CATEGORY = re.compile(r"\s*\$CATEGORY\s*:\s*(.*)", re.IGNORECASE)
_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}

_ESSAY = "soal esai tidak dapat menjadi kasus."
_DESCRIPTION = "ini keterangan tanpa jawaban, bukan soal."
_NUMERICAL = "soal berjawaban angka tidak dapat menjadi kasus."
_MATCHING = "soal menjodohkan tidak dapat menjadi kasus."


@dataclass(slots=True)
class _Paragraph:
    """The lines of one question, without its comments, and the number of the first."""

    line: int
    category: str
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    #: Comments between its lines, which no question holds, and those after the last.
    inner: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()

    def add(self, number: int, line: str) -> None:
        if not self.lines:
            self.line = number
        self.inner += self.last
        self.comments += self.last
        self.last = []
        self.lines.append(line)

    def comment(self, line: str) -> None:
        (self.last if self.lines else self.comments).append(line)

    def end(self) -> "_Paragraph":
        """With the comments after it, which a category on the next line would have taken along."""
        self.comments += self.last
        return self


def read(data: bytes) -> Bank:
    """Every question of a GIFT file. Raises BadFile."""
    bank = Bank()
    for paragraph in _paragraphs(decoded(data)):
        name, body = _named(paragraph.text)
        place = Place(paragraph.line, "baris ", name or _gist(body))
        bank.add(place, partial(_question, name, body, place, paragraph))
    return bank


def _gist(body: str) -> str:
    """The first words of a question without a name."""
    return " ".join(_words(body.partition("{")[0], Markup.MOODLE).text.split())


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """An empty line ends a question, and so does a category, which is a line of its own."""
    category = ""
    paragraph = _Paragraph(1, category)
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        named = _CATEGORY.match(line)
        if line.strip().startswith("//"):
            paragraph.comment(line)
        elif named and not _is_glued(named[1]):
            comments = paragraph.last if paragraph.lines else paragraph.comments
            if paragraph.lines:
                yield paragraph
            category = _unescape(named[1]).strip()
            paragraph = _Paragraph(number + 1, category, comments=comments)
        elif line.strip():
            paragraph.add(number, line)
        else:
            if paragraph.lines:
                yield paragraph.end()
            paragraph = _Paragraph(number + 1, category)


def _is_glued(category: str) -> bool:
    """Whether a question stands on the line of a category, and not below it."""
    return _find(category, "{") is not None or "::" in category


def _named(text: str) -> tuple[str, str]:
    match = _NAME.match(text)
    if match is None:
        return "", text
    return " ".join(_unescape(match[1]).split()), text[match.end() :].strip()


def _question(name: str, body: str, place: Place, paragraph: _Paragraph) -> Question:
    if _CATEGORY.match(body):
        raise BadQuestion("soal ini menempel pada $CATEGORY; pindahkan ke baris di bawahnya.")
    asked, block = _taken_apart(body)
    words = _words(asked, Markup.MOODLE)
    answered, general = _general_feedback(block)
    kind, answers = _answers(answered, words.markup)
    said = "\n".join(paragraph.comments)
    ids = _ID.findall(said)
    question = Question(
        kind=kind,
        name=name,
        words=words,
        answers=answers,
        feedback=_words(general, words.markup),
        category=paragraph.category,
        idnumber=_bracketed(ids[0]) if ids else "",
        tags=tuple(_bracketed(tag) for tag in _TAG.findall(said)),
        place=place,
        notes=tuple(
            f"komentar di tengah soal tidak ikut: “{line.strip(' /')}”." for line in paragraph.inner
        ),
    )
    media.weigh(question)
    return question


def _taken_apart(body: str) -> tuple[str, str]:
    """What is asked, and what stands between the braces. A blank stands for braces inside."""
    opening, closing = _find(body, "{"), _find(body, "}")
    if opening is None and closing is None:
        raise Unsupported(_DESCRIPTION)
    if opening is None or closing is None or closing < opening:
        raise BadQuestion("kurung kurawalnya tidak berpasangan; tanda { dan } ditulis \\{ dan \\}.")
    if _find(body[opening + 1 : closing] + body[closing + 1 :], "{}") is not None:
        raise BadQuestion(
            "ada lebih dari satu kurung kurawal; beri baris kosong di antara dua soal, dan tulis "
            "tanda { dan } sebagai \\{ dan \\}."
        )
    before, after = body[:opening], body[closing + 1 :]
    asked = before + (f"_____{after}" if after.strip() else "")
    return asked, body[opening + 1 : closing].strip()


def _general_feedback(block: str) -> tuple[str, str]:
    at = [match.start() for match in _unescaped(block, "####")]
    return (block[: at[-1]].strip(), block[at[-1] + 4 :]) if at else (block, "")


def _answers(block: str, markup: Markup) -> tuple[Kind, tuple[Answer, ...]]:
    if not block:
        raise Unsupported(_ESSAY)
    if block.startswith("#"):
        raise Unsupported(_NUMERICAL)
    word, *feedback = _split(block, "#")
    if (truth := _TRUTHS.get(word.strip())) is not None and len(feedback) <= 2:
        return Kind.TRUE_FALSE, _true_false(truth, feedback, markup)
    if _find(block, "~") is None:
        if _find(block, "=") is not None and "->" in block:
            raise Unsupported(_MATCHING)
        return Kind.SHORT, tuple(_choices(block, markup, plain=100))
    answers = tuple(_choices(block, markup, plain=0))
    if len(answers) < 2:
        raise BadQuestion("soal pilihan memerlukan sedikitnya dua jawaban.")
    return Kind.CHOICE, answers


def _true_false(truth: bool, feedback: list[str], markup: Markup) -> tuple[Answer, ...]:
    """`{T#for the wrong answer#for the right answer}`."""
    wrong, right = [*feedback, "", ""][:2]
    told = {truth: _words(right, markup), not truth: _words(wrong, markup)}
    return tuple(
        Answer(Words(label, Markup.PLAIN), 100 if value is truth else 0, told[value])
        for value, label in ((True, "Benar"), (False, "Salah"))
    )


def _choices(block: str, markup: Markup, *, plain: float) -> Iterator[Answer]:
    """Answers behind `=` and `~`; `plain` is what an unmarked one without a weight is worth."""
    marks = list(_unescaped(block, "=~"))
    before = block[: marks[0].start()] if marks else block
    if before.strip():
        if marks or plain == 0:
            raise BadQuestion(f"sebelum jawaban pertama ada teks “{before.strip()[:40]}”.")
        yield _choice(before, plain, markup)
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(block)
        yield _choice(block[mark.end() : end], 100 if mark[0] == "=" else 0, markup)


def _choice(text: str, percent: float, markup: Markup) -> Answer:
    text = text.strip()
    if weight := _WEIGHT.match(text):
        percent, text = float(weight[1].replace(",", ".")), text[weight.end() :]
    words, *feedback = _split(text, "#", 1)
    if not words.strip():
        raise BadQuestion("salah satu jawabannya kosong.")
    return Answer(_words(words, markup), percent, _words("".join(feedback), markup))


def _words(text: str, markup: Markup) -> Words:
    text = text.strip()
    if match := _FORMAT.match(text):
        markup, text = Markup(match[1]), text[match.end() :]
    return Words(_unescape(text).strip(), markup)


def _unescaped(text: str, marks: str) -> Iterator[re.Match[str]]:
    """Where `####`, or any one of `marks`, stands without a backslash before it."""
    wanted = marks if marks == "####" else f"[{re.escape(marks)}]"
    pattern = re.compile(rf"\\.|({wanted})", re.DOTALL)
    return (match for match in pattern.finditer(text) if match[1])


def _find(text: str, marks: str) -> int | None:
    return next((match.start() for match in _unescaped(text, marks)), None)


def _split(text: str, mark: str, most: int = -1) -> list[str]:
    parts: list[str] = []
    start = 0
    for match in _unescaped(text, mark):
        if len(parts) == most:
            break
        parts.append(text[start : match.start()])
        start = match.end()
    return [*parts, text[start:]]


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: "\n" if match[1] == "n" else match[1], text)


def _bracketed(text: str) -> str:
    return text.replace("\\]", "]").strip()
