"""/penyunting/soal: how each question of a course does on first papers. Nobody's in particular."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.access import Role, open_to
from app.catalog.labels import PHASES, QUIZ_OPTIONS
from app.catalog.model import Catalog, Course
from app.catalog.quiz_options import QuizOption
from app.catalog.terms import Phase
from app.catalog.web import current
from app.judgements.queries import items_of
from app.quizzes.items import FEWEST, Item, verdict_on

bp = Blueprint("items", __name__)


@dataclass(frozen=True)
class Line:
    """A question with its figures; `title` is the case's, or its name once it has left the bank."""

    scenario: str
    title: str
    phase: str
    key: str
    item: Item
    advice: str
    is_on_show: bool

    @property
    def answers(self) -> list[tuple[str, int, bool]]:
        """Each answer with its share, and whether it is the right one."""
        shares = self.item.shares()
        words = {option.value: label for option, label in QUIZ_OPTIONS.items()} | {"": "Kosong"}
        return [
            (words[choice], round(shares[choice]), choice == self.item.key)
            for choice in words
            if choice in shares
        ]


@bp.get("/penyunting/soal")
@open_to(Role.EDITOR)
def items() -> ResponseReturnValue:
    courses = sorted(current().courses.values(), key=lambda one: (one.order, one.slug))
    slug = request.args.get("kursus") or courses[0].slug
    course = current().course(slug)
    lines = lines_of(course, current())
    return render_template(
        "editing/items.html",
        courses=courses,
        course=course,
        lines=[line for line in lines if line.item.is_enough],
        few=sum(not line.item.is_enough for line in lines),
        fewest=FEWEST,
    )


def lines_of(course: Course, catalog: Catalog) -> list[Line]:
    """Questions that need an eye first, then the hardest."""
    lines = [_line(catalog, *key, item) for key, item in items_of(course.slug).items()]
    return sorted(lines, key=lambda one: (not one.advice, one.item.facility or 0, one.scenario))


def _line(catalog: Catalog, scenario: str, phase: Phase, key: str, item: Item) -> Line:
    found = catalog.scenarios.get(scenario)
    return Line(
        scenario=scenario,
        title=found.question if found else f"{scenario} (sudah tidak ada)",
        phase=PHASES[phase],
        key=QUIZ_OPTIONS[QuizOption(key)],
        item=item,
        advice=verdict_on(item),
        is_on_show=found is not None and found.is_published,
    )
