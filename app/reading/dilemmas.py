"""Dilemmas as editors write them, in the section `## Dilema` of a scenario.

One `###` heading a step, a few sentences, and options as a task list whose quoted line says what
follows:

    - [x] Menelepon Ibu dan menjelaskan.
      > Ibu mengerti, dan grup tetap tenang.
"""

import re
from collections.abc import Iterator

from app.catalog.dilemmas import Choice, Dilemma, Step
from app.reading import markdown
from app.reading.markdown import Passage

#: The headings, in their order.
STEPS = ("Putuskan", "Akibat", "Langkah aman")
FEWEST, MOST = 2, 4

_STEP = re.compile(r"###\s+(.+?)\s*")
_OPTION = re.compile(r"- \[([ x])\] (\S.*)")
_FOLLOWS = re.compile(r" {2}> ?(\S.*)")
_MORE = re.compile(r" {2}(\S.*)")


class BadDilemma(Exception):
    """A section that is no dilemma: line and sentence."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(message)


def read_dilemma(section: Passage) -> Dilemma:
    """Take a section apart. Raises BadDilemma with the first mistake."""
    lines = list(enumerate(section.source.split("\n"), start=section.line))
    headings = [
        (place, heading[1])
        for place, (_, text) in enumerate(lines)
        if (heading := _STEP.fullmatch(text))
    ]
    starts, titles = [place for place, _ in headings], tuple(title for _, title in headings)
    if titles != STEPS:
        raise BadDilemma(section.line, f"Dilema berisi tiga langkah berurutan: {', '.join(STEPS)}.")
    if any(text.strip() for _, text in lines[: starts[0]]):
        raise BadDilemma(section.line, "Sebelum langkah “Putuskan” tidak ada teks lain.")
    stops = [*starts[1:], len(lines)]
    return Dilemma(
        tuple(
            _step(title, lines[start:stop])
            for title, start, stop in zip(titles, starts, stops, strict=True)
        )
    )


def _step(title: str, lines: list[tuple[int, str]]) -> Step:
    heading, *body = lines
    first = next((place for place, (_, text) in enumerate(body) if text.startswith("- ")), None)
    if first is None:
        raise BadDilemma(heading[0], f"Langkah “{title}” belum mempunyai pilihan “- [ ]”.")
    prompt = markdown.read("\n".join(text for _, text in body[:first]), heading[0] + 1)
    if prompt.is_empty:
        raise BadDilemma(heading[0], f"Langkah “{title}” belum mempunyai cerita.")
    choices = tuple(_choices(body[first:]))
    if not FEWEST <= len(choices) <= MOST:
        raise BadDilemma(
            heading[0], f"Langkah “{title}” mempunyai {FEWEST}–{MOST} pilihan, ini {len(choices)}."
        )
    if sum(choice.is_best for choice in choices) != 1:
        raise BadDilemma(heading[0], f"Langkah “{title}” mempunyai tepat satu pilihan “[x]”.")
    return Step(title, prompt.html(), choices, heading[0])


def _choices(lines: list[tuple[int, str]]) -> Iterator[Choice]:
    """The options of a step, each with its consequence."""
    found: list[tuple[int, bool, list[str], list[str]]] = []
    for number, text in lines:
        if not text.strip():
            continue
        if option := _OPTION.fullmatch(text.rstrip()):
            found.append((number, option[1] == "x", [option[2]], []))
        elif found and (follows := _FOLLOWS.fullmatch(text.rstrip())):
            found[-1][3].append(follows[1])
        elif found and not found[-1][3] and (more := _MORE.fullmatch(text.rstrip())):
            found[-1][2].append(more[1].strip())
        else:
            raise BadDilemma(
                number, "Pilihan ditulis “- [ ] …”, akibatnya di baris berikut sebagai “  > …”."
            )
    for number, is_best, words, consequence in found:
        if not consequence:
            raise BadDilemma(number, "Pilihan ini belum menyebut akibatnya (“  > …”).")
        yield Choice(" ".join(words), " ".join(consequence), is_best)
