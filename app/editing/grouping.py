"""Questions that ask the same, together. Pure."""

from collections.abc import Hashable, Iterable, Set
from typing import TypeVar

Sent = TypeVar("Sent", bound=Hashable)
#: Two questions are alike when they share half of all their stems (Jaccard).
ALIKE = 0.5
#: Beyond this they say the same, and an editor need not tick them one by one.
SAME = 0.8


def grouped(questions: Iterable[tuple[Sent, Set[str]]]) -> list[list[Sent]]:
    """Questions with their stems, in groups: the largest first, else in the order that they came.

    Each joins the group whose first question is most like it, so that no chain of small steps
    brings together what does not belong. One without stems is like none.
    """
    groups: list[tuple[Set[str], list[Sent]]] = []
    for question, stems in questions:
        near = max(groups, key=lambda group: alikeness(group[0], stems), default=None)
        if near is not None and alikeness(near[0], stems) >= ALIKE:
            near[1].append(question)
        else:
            groups.append((stems, [question]))
    return sorted((members for _, members in groups), key=lambda members: -len(members))


def alikeness(one: Set[str], other: Set[str]) -> float:
    """The share of all stems that both have; nought where there are none."""
    return len(one & other) / len(one | other) if one and other else 0.0


def beside(questions: Iterable[tuple[Sent, Set[str]]], question: Sent) -> list[tuple[Sent, bool]]:
    """The others of its group, each with whether it says the same."""
    asked = list(questions)
    stems = dict(asked)
    own = next((group for group in grouped(asked) if question in group), [])
    return [(one, alikeness(stems[one], stems[question]) >= SAME) for one in own if one != question]
