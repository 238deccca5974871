"""Right answers that give themselves away: warnings for editors.

The five options of a quiz question are the same words for every question, so there is nothing to
see in them. The choices of dilemmas are written, and writers explain the right one at length.
"""

import re
from collections.abc import Iterable, Iterator

from app.catalog.dilemmas import Step
from app.reading.dilemmas import BadDilemma, read_dilemma
from app.reading.files import Sort
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.tree import Tree

Steps = list[tuple[Page, Step]]

#: The share of steps whose longest choice may be the right one; of three, chance makes it a third.
MOST_LONGEST = 0.35
#: Steps from which on a share says anything.
ENOUGH = 12


#: Words of caution, which writers give to the wrong choice.
HEDGES = re.compile(r"\b(?:asal|asalkan|saja|supaya|cukup)\b", re.IGNORECASE)
#: How much more often than right choices wrong ones may hedge: a share of each.
MOST_HEDGED = 0.15


def check(tree: Tree) -> Iterator[Mistake]:
    steps = [(page, step) for page in tree.of(Sort.SCENARIO) for step in _steps(page)]
    if len(steps) >= ENOUGH:
        yield from _longest(steps)
        yield from _hedged(steps)


def _longest(steps: Steps) -> Iterator[Mistake]:
    longest = [(page, step) for page, step in steps if _is_longest(step)]
    if len(longest) <= MOST_LONGEST * len(steps):
        return
    for page, step in longest:
        yield page.warning(
            step.line,
            f"Pilihan benar ialah yang terpanjang, seperti pada {len(longest)} dari {len(steps)} "
            "langkah dilema; pendekkan, atau panjangkan yang lain.",
        )


def _hedged(steps: Steps) -> Iterator[Mistake]:
    right, wrong = hedged_shares(step for _, step in steps)
    if wrong - right <= MOST_HEDGED:
        return
    for page, step in steps:
        for choice in step.choices:
            if not choice.is_best and (word := HEDGES.search(choice.text)):
                yield page.warning(
                    step.line,
                    f"“{word[0]}” berdiri di {wrong:.0%} pilihan keliru dan {right:.0%} pilihan "
                    "benar dilema; ratakan.",
                )


def hedged_shares(steps: Iterable[Step]) -> tuple[float, float]:
    """The share of right choices that hedge, and of wrong ones."""
    said: dict[bool, list[bool]] = {True: [], False: []}
    for step in steps:
        for choice in step.choices:
            said[choice.is_best].append(HEDGES.search(choice.text) is not None)
    right, wrong = (sum(ones) / len(ones) if ones else 0.0 for ones in (said[True], said[False]))
    return right, wrong


def _steps(page: Page) -> tuple[Step, ...]:
    section = page.sections.get("dilemma")
    if section is None:
        return ()
    try:
        return read_dilemma(section).steps
    except BadDilemma:
        return ()  # reported by the rules about cases


def _is_longest(step: Step) -> bool:
    """Whether the right choice is longer than every other."""
    lengths = {choice.is_best: 0 for choice in step.choices}
    for choice in step.choices:
        lengths[choice.is_best] = max(lengths[choice.is_best], len(choice.text))
    return lengths[True] > lengths[False]
