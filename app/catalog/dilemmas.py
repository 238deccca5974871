"""Dilemmas: a case lived through in three linked steps.

Decide, meet the consequence, become safe.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """Something one might do, and what follows from it."""

    text: str
    consequence: str
    is_best: bool


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    prompt_html: str
    choices: tuple[Choice, ...]
    #: The line of its heading.
    line: int


@dataclass(frozen=True, slots=True)
class Dilemma:
    steps: tuple[Step, ...]
