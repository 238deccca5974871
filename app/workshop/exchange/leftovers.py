"""What of a question does not come along, in sentences: for its draft, and for whoever imports."""

from collections.abc import Iterator

from app.workshop.exchange import hypertext, media
from app.workshop.exchange.questions import Question


def of(question: Question) -> tuple[str, ...]:
    """Each thing once, pictures and films first."""
    return tuple(dict.fromkeys(_all(question)))


def _all(question: Question) -> Iterator[str]:
    named: set[str] = set()
    for words in question.texts():
        for medium in media.all_in(hypertext.tree_of(words)):
            named |= {medium.address, medium.label}
            yield f"{medium.note}."
    for name in question.files:
        if name not in named:
            yield f"berkas “{name}” tidak ikut."
    yield from question.notes
