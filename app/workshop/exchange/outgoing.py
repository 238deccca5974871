"""Cases of the bank as questions for a Moodle.

A question asks what a quiz of Rambu asks, with the same five answers in the same order. Cases that
a quiz never draws, because they are crimes, stay here: a sixth answer would be shown with these few
questions only and give them away, and shown with all of them it would be another quiz than the one
that people sit in the end. They are counted and named, and
where the other phase of such a scenario does go out, its question carries the ruling unseen.

What neither answers nor tags can say goes along in a comment at the end of the general feedback:
Moodle keeps it, shows it to nobody, and a tag is cut after 50 characters.
"""

import html
import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from app.catalog.dilemmas import Step
from app.catalog.labels import PHASES, QUIZ_OPTIONS, TOPICS, VIOLATIONS
from app.catalog.model import Case, Catalog, Course, Ruling, Scenario
from app.catalog.quiz_options import QuizOption
from app.catalog.terms import Phase, Topic
from app.workshop.exchange import tags
from app.workshop.exchange.questions import Answer, Kind, Question, Words

#: Where Moodle files the questions; `$course$` is the bank of the course that they are taken into.
ROOT = "$course$/top/Rambu"

#: Classes by which a reader finds the parts of a case again.
PHASE, SITUATION, QUESTION = "rambu-tahap", "rambu-situasi", "rambu-pertanyaan"
REASON, SAFE_ACT, LAW = "rambu-alasan", "rambu-sebaiknya", "rambu-dasar"
PARTS = (PHASE, SITUATION, QUESTION, REASON, SAFE_ACT, LAW)
HEADINGS = ("Sebaiknya", "Dasar")
#: Opens the comment with what answers and tags cannot say.
MACHINE = "rambu "

#: What whoever sees that it is forbidden is told of the kind.
RIGHT, WRONG = "Tepat", "Memang tidak boleh, tetapi jenisnya lain"
#: The answers that forbid, each of another kind.
_FORBIDDING = (QuizOption.ETHICS, QuizOption.DISCIPLINE, QuizOption.ADMINISTRATIVE)


@dataclass(frozen=True, slots=True)
class Export:
    questions: tuple[Question, ...]
    #: Cases that fit none of the answers.
    left_out: tuple[Case, ...]
    #: Tags that Moodle will cut.
    long_tags: tuple[str, ...]


def export(
    catalog: Catalog,
    topics: Sequence[Topic] = (),
    course: Course | None = None,
    site: str = "",
) -> Export:
    """Published cases, by topic and id. `site` is Rambu's public address, for links to the law."""
    drawn = None if course is None else _drawn(catalog, course)
    cases = [
        case
        for case in _cases(catalog.scenarios.values())
        if (not topics or case.scenario.topic in topics) and (drawn is None or case.key in drawn)
    ]
    going = {case.scenario.id for case in cases if case.option is not None}
    questions = tuple(
        question(_with_twin_if(going, case), site) for case in cases if case.option is not None
    )
    return Export(
        questions,
        tuple(case for case in cases if case.option is None),
        tuple({t: None for q in questions for t in q.tags if len(t) > tags.LONGEST}),
    )


def _with_twin_if(going: Collection[str], case: Case) -> Case:
    """The case; without its twin where that stays here, since nobody would find it."""
    if case.scenario.twin is None or case.scenario.twin in going:
        return case
    return Case(replace(case.scenario, twin=None), case.ruling)


def _cases(scenarios: Iterable[Scenario]) -> Iterable[Case]:
    order = list(Topic)
    for scenario in sorted(scenarios, key=lambda s: (order.index(s.topic), s.id)):
        if scenario.is_published:
            yield from (Case(scenario, ruling) for ruling in scenario.rulings)


def _drawn(catalog: Catalog, course: Course) -> set[str]:
    """Keys of every case that the course's quiz may ask."""
    return {case.key for draw in course.blueprint.draws for case in catalog.pool(course, draw)}


def question(case: Case, site: str = "") -> Question:
    scenario = case.scenario
    phase = "" if case.phase is Phase.ALWAYS else f" ({PHASES[case.phase].lower()})"
    return Question(
        kind=Kind.CHOICE,
        name=f"{scenario.question}{phase}",
        words=Words(_asked(case, site)),
        answers=tuple(_answer(option, case) for option in QuizOption),
        feedback=Words(_explained(case, site)),
        category=f"{ROOT}/{TOPICS[scenario.topic].replace('/', '//')}",
        idnumber=case.key,
        tags=tags.write(scenario, case.ruling),
    )


def _asked(case: Case, site: str) -> str:
    return (
        f'<p class="{PHASE}"><em>{PHASES[case.phase]}</em></p>\n'
        f'<div class="{SITUATION}">{_linked(case.scenario.situation_html, site)}</div>\n'
        f'<p class="{QUESTION}"><strong>{_safe(case.scenario.question)}</strong></p>'
    )


def _answer(option: QuizOption, case: Case) -> Answer:
    is_right = option is case.option
    feedback = ""
    if case.option in _FORBIDDING and option in _FORBIDDING:
        is_so = RIGHT if is_right else WRONG
        feedback = f"{is_so}: {VIOLATIONS[case.ruling.violation]}."
    return Answer(Words(_safe(QUIZ_OPTIONS[option])), 100 if is_right else 0, Words(feedback))


def _explained(case: Case, site: str) -> str:
    scenario = case.scenario
    law = "".join(
        f"<li>{_cited(cite.url, cite.label, site)}: {_safe(cite.text)}</li>"
        for cite in case.ruling.cites
    )
    return (
        f'<div class="{REASON}">{_linked(scenario.reason_html, site)}</div>\n'
        f"<p><strong>{HEADINGS[0]}</strong></p>\n"
        f'<div class="{SAFE_ACT}">{_linked(scenario.safe_act_html, site)}</div>\n'
        + (f'<p><strong>{HEADINGS[1]}</strong></p>\n<ul class="{LAW}">{law}</ul>\n' if law else "")
        + f"<!--{MACHINE}{_machine(case)}-->"
    )


def _cited(url: str, label: str, site: str) -> str:
    return f'<a href="{_safe(site + url)}">{_safe(label)}</a>' if site else _safe(label)


def _machine(case: Case) -> str:
    """JSON that can end no comment and open no element."""
    scenario = case.scenario
    untold = [r for r in scenario.rulings if Case(scenario, r).option is None]
    found = {
        "author": scenario.author,
        "asked_like": list(scenario.asked_like),
        "rows": [_row(ruling) for ruling in (*untold, *scenario.others)],
        "act": scenario.act,
        "twin": scenario.twin,
        "facets": dict(scenario.facets),
        "dilemma": [_step(step) for step in scenario.dilemma.steps] if scenario.dilemma else [],
    }
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r"[<>&]|(?<=-)-", lambda mark: f"\\u{ord(mark[0]):04x}", text)


def _row(ruling: Ruling) -> dict[str, object]:
    row: dict[str, object] = {
        "phase": ruling.phase,
        "verdict": ruling.verdict,
        "violation": ruling.violation,
        "cites": [f"{'!' if c.is_historical else ''}{c.ref}" for c in ruling.cites],
    }
    if ruling.persons:
        row["for"] = list(ruling.persons)
    if ruling.note:
        row["note"] = ruling.note
    return row


def _step(step: Step) -> dict[str, object]:
    choices = [[choice.text, choice.consequence, choice.is_best] for choice in step.choices]
    return {"title": step.title, "prompt": step.prompt_html, "choices": choices}


def _linked(text: str, site: str) -> str:
    """Inside a Moodle a link without an address of its own would lead into the Moodle."""
    return re.sub(r'(<a href=")(?=/)', rf"\g<1>{_safe(site)}", text) if site else text


def _safe(text: str) -> str:
    return html.escape(text)
