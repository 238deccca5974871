"""Right answers that give themselves away: warnings for editors.

The five options of a quiz question are the same words for every question, so there is nothing to
see in them. The choices of dilemmas are written, and writers explain the right one at length.
"""

from collections.abc import Iterator

from app.catalog.dilemmas import Step
from app.reading.dilemmas import BadDilemma, read_dilemma
from app.reading.files import Sort
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.tree import Tree

#: The share of steps whose longest choice may be the right one; of three, chance makes it a third.
MOST_LONGEST = 0.35
#: Steps from which on a share says anything.
ENOUGH = 12


def check(tree: Tree) -> Iterator[Mistake]:
    steps = [(page, step) for page in tree.of(Sort.SCENARIO) for step in _steps(page)]
    longest = [(page, step) for page, step in steps if _is_longest(step)]
    if len(steps) < ENOUGH or len(longest) <= MOST_LONGEST * len(steps):
        return
    for page, step in longest:
        yield page.warning(
            step.line,
            f"Pilihan benar ialah yang terpanjang, seperti pada {len(longest)} dari {len(steps)} "
            "langkah dilema; pendekkan, atau panjangkan yang lain.",
        )


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
