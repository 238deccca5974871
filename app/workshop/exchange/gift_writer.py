"""Questions as GIFT: one a paragraph, every text on one line, every mark of the format escaped."""

from collections.abc import Iterable, Iterator

from app.workshop.exchange.questions import Answer, Question, Words

#: The backslash first, or it would escape the escapes.
MARKS = "\\~=#{}:"


def write(questions: Iterable[Question]) -> str:
    """Categories are named whenever they change."""
    return "".join(_paragraphs(questions))


def _paragraphs(questions: Iterable[Question]) -> Iterator[str]:
    category = ""
    for question in questions:
        if question.category != category:
            category = question.category
            yield f"$CATEGORY: {category}\n\n"
        yield _question(question)


def _question(question: Question) -> str:
    answers = "".join(f"\t{_answer(answer)}\n" for answer in question.answers)
    feedback = "" if question.feedback.is_empty else f"\t####{_words(question.feedback)}\n"
    return (
        f"{_comment(question)}"
        f"::{escape(question.name)}::{_words(question.words)}{{\n{answers}{feedback}}}\n\n"
    )


def _comment(question: Question) -> str:
    """The one place where GIFT has an ID number and tags: a comment that Moodle reads."""
    marks = [f"[id:{_bracketed(question.idnumber)}]"] if question.idnumber else []
    marks += [f"[tag:{_bracketed(tag)}]" for tag in question.tags]
    return f"// {' '.join(marks)}\n" if marks else ""


def _bracketed(text: str) -> str:
    return text.replace("]", "\\]")


def _answer(answer: Answer) -> str:
    mark = {100.0: "=", 0.0: "~"}.get(answer.percent, f"~%{answer.percent:g}%")
    feedback = "" if answer.feedback.is_empty else f"#{_words(answer.feedback)}"
    return f"{mark}{_words(answer.words)}{feedback}"


def _words(words: Words) -> str:
    """Always with its format: else one that begins with a bracket would be read as a format."""
    name = "" if words.is_empty else f"[{words.markup}]"
    return name + escape(words.text)


def escape(text: str) -> str:
    for mark in MARKS:
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r", "").replace("\n", "\\n")
