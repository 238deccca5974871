"""/bolehkah: ask in one's own words, read the nearest cases, live through a dilemma.

Public and without a trace: what is asked is neither stored nor logged.
"""

from collections import Counter
from collections.abc import Iterable

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import sessions, throttle
from app.accounts.access import PUBLIC, open_to, reader_or_none
from app.asking.exhibit import Exhibit, disputed, exhibit, walk
from app.asking.search import LONGEST
from app.asking.search.found import Found
from app.asking.web import finder, today
from app.catalog.cases import Scenario
from app.catalog.labels import TOPICS
from app.catalog.terms import Topic
from app.catalog.web import current
from app.core.errors import NotFound
from app.core.sharing import shareable
from app.core.texts import whatsapp_link

bp = Blueprint("asking", __name__)


@bp.get("/bolehkah")
@open_to(PUBLIC)
def ask() -> ResponseReturnValue:
    asked = request.args.get("q", "").strip()[:LONGEST]
    if not asked:
        return shareable(_answer(asked))
    with throttle.charged(sessions.payer()):
        return _answer(asked)  # what somebody asked is kept nowhere


def _answer(asked: str) -> str:
    found = Found() if request.args.get("cocok") == "tidak" else finder().ask(asked)
    return render_template(
        "asking/ask.html",
        asked=asked,
        choices=found.choices,
        cases=[] if found.asks_back else [_exhibit(one.scenario) for one in found.answers],
        share_url=share_url,
        near_topics=_topics(choice.scenario for choice in found.choices),
        topics=_topics(current().on_show),
    )


@bp.get("/bolehkah/topik/<topic>")
@open_to(PUBLIC)
def topic(topic: str) -> ResponseReturnValue:
    if topic not in list(Topic):
        raise NotFound
    found = [scenario for scenario in current().on_show if scenario.topic == topic]
    return shareable(
        render_template(
            "asking/topic.html",
            title=TOPICS[Topic(topic)],
            cases=[_exhibit(scenario) for scenario in found],
        )
    )


@bp.get("/bolehkah/<id>")
@open_to(PUBLIC)
def case(id: str) -> ResponseReturnValue:
    scenario = current().shown(id)
    return shareable(
        render_template(
            "asking/case.html",
            case=_exhibit(scenario),
            disputed=list(disputed(scenario, current())),
            share_url=share_url,
            is_judged=bool(today().judged),
        )
    )


@bp.get("/bolehkah/<id>/dilema")
@open_to(PUBLIC)
def dilemma(id: str) -> ResponseReturnValue:
    scenario = current().shown(id)
    if scenario.dilemma is None:
        raise NotFound
    steps = walk(scenario.dilemma, request.args.get("pilih", ""))
    return shareable(render_template("asking/dilemma.html", case=scenario, steps=steps))


def share_url(case: Exhibit) -> str:
    """A message with the question, the verdicts and the address of the case."""
    address = current_app.config["RAMBU"].PUBLIC_URL + url_for("asking.case", id=case.id)
    return whatsapp_link(f"{case.question}\n{case.summary}\n{address}")


def _exhibit(scenario: Scenario) -> Exhibit:
    """A case as its reader sees it; a visitor is of no kind."""
    reader = reader_or_none()
    return exhibit(scenario, today(), current(), reader.status if reader else None)


def _topics(scenarios: Iterable[Scenario]) -> list[tuple[str, str, int]]:
    """Address, label and number of these cases of each topic that has any, in our order."""
    count = Counter(scenario.topic for scenario in scenarios)
    return [
        (url_for("asking.topic", topic=topic.value), label, count[topic])
        for topic, label in TOPICS.items()
        if count[topic]
    ]
