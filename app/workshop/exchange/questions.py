"""A question as any quiz system knows it: between a file's format and our cases."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

#: Bytes of a file, characters of one question, questions of a file. Ours need a fifth at most.
LARGEST_FILE = 10_000_000
LARGEST_QUESTION = 50_000
MOST_QUESTIONS = 2_000


class Format(StrEnum):
    GIFT = "gift"
    MOODLE_XML = "moodle-xml"


class Markup(StrEnum):
    """How a text is to be read. `moodle` is HTML in which a new line breaks the line."""

    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"
    MOODLE = "moodle"


class Kind(StrEnum):
    """The kinds of question that can become a case, as Moodle calls them."""

    CHOICE = "multichoice"
    TRUE_FALSE = "truefalse"
    SHORT = "shortanswer"


@dataclass(frozen=True, slots=True)
class Words:
    text: str = ""
    markup: Markup = Markup.HTML

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Answer:
    words: Words
    #: 100 is right, 0 wrong; anything between or below is Moodle's partial credit.
    percent: float
    feedback: Words = Words()


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file a question begins: “baris 12” of GIFT, “soal ke-3” of XML."""

    number: int = 0
    unit: str = "soal ke-"
    #: The question's own, or its first words.
    name: str = ""

    def __str__(self) -> str:
        return f"{self.unit}{self.number}" + (
            f" (“{shortened(self.name, 60)}”)" if self.name else ""
        )


def shortened(text: str, most: int) -> str:
    """At most so many letters, and an ellipsis where there were more."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Question:
    kind: Kind
    name: str
    words: Words
    answers: tuple[Answer, ...]
    feedback: Words = Words()
    category: str = ""
    idnumber: str = ""
    tags: tuple[str, ...] = ()
    place: Place = Place()
    #: What else Moodle says to whoever answers, each with its occasion.
    replies: tuple[tuple[str, Words], ...] = ()
    #: Names of pictures and other files that hang on it; they are never taken in.
    files: tuple[str, ...] = ()
    #: What the reader of the file left out, as sentences.
    notes: tuple[str, ...] = ()

    def texts(self) -> Iterator[Words]:
        yield self.words
        yield self.feedback
        yield from (words for _, words in self.replies)
        for answer in self.answers:
            yield answer.words
            yield answer.feedback


@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """One sentence about one question."""

    place: Place
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


class BadQuestion(Exception):
    """A question that cannot be taken in, with the sentence that says why."""


class Unsupported(Exception):
    """A kind of question that can never become a case, with the sentence that says so."""


class BadFile(Exception):
    """A file that cannot be read at all, with the sentence that says why."""


@dataclass(slots=True)
class Bank:
    """What a file holds: questions, what cannot become a case, and what is damaged."""

    questions: list[Question] = field(default_factory=list)
    skipped: list[Trouble] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    #: What belongs to no question and is left out.
    notes: list[Trouble] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.questions) + len(self.skipped) + len(self.troubles)

    def add(self, place: Place, read: Callable[[], Question]) -> None:
        """What `read` gives, or why it gives nothing. Raises BadFile when there are too many."""
        if self.size == MOST_QUESTIONS:
            raise BadFile(f"Berkas memuat lebih dari {MOST_QUESTIONS} soal; bagilah per kategori.")
        try:
            self.questions.append(read())
        except Unsupported as kind:
            self.skipped.append(Trouble(place, str(kind)))
        except BadQuestion as damage:
            self.troubles.append(Trouble(place, str(damage)))
