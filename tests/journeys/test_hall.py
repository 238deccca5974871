"""The projector: the longest cases fit its screen in every scene, and are read from the back."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import render_template

from app.catalog.terms import Phase
from app.catalog.web import current
from app.config import PROJECT
from app.core import clock
from app.live import fitting
from app.live.answering import milliseconds
from app.live.overview import Bar
from app.live.paper import CHOICES, questions_for
from app.live.timeline import Scene
from tests.databases import DATABASES
from tests.journeys.conftest import INDONESIAN

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("built_app", DATABASES[:1], indirect=True),
]
#: A usual projector, and an old one. Pixels that the smallest letters have there.
SCREENS = (({"width": 1920, "height": 1080}, 28), ({"width": 1024, "height": 768}, 17))
#: What a hall sees of a question, and whether a round before is shown beside it.
SCENES = (("open", False), ("closed", False), ("closed", True), ("revealed", True))
#: Cases of each size that are drawn.
EACH = 3
#: Names of those that do not fit, or whose letters are too small.
WRONG = """([pieces, least], sizeOf = (one) => parseFloat(getComputedStyle(one).fontSize)) =>
  pieces.filter(([name, html]) => {
  kini.innerHTML = html;
  const page = document.documentElement;
  return page.scrollHeight > innerHeight || page.scrollWidth > innerWidth
    || [...kini.querySelectorAll("*")].some((one) => sizeOf(one) < least);
}).map(([name]) => name)"""
EMPTY = """css => {
  document.body.innerHTML = "<main id=kini></main>";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  for (const one of document.querySelectorAll("link")) one.remove();
  document.adoptedStyleSheets = [sheet];
}"""


def drawn(paper, phase: Phase, scene: str, has_two_rounds: bool) -> str:
    now = clock.now()
    run = SimpleNamespace(
        round=2,
        question=SimpleNamespace(place=12),
        opens_at=now,
        closes_at=now + timedelta(seconds=60),
        revealed_at=now if scene == "revealed" else None,
    )
    before = 52 if has_two_rounds else None
    title = "Netralitas di gawai: bekal pegawai menjelang pemilihan bupati"
    seen = SimpleNamespace(
        session=SimpleNamespace(title=title, code="ABC123", is_rehearsal=False),
        scene=Scene(scene),
        run=run,
        paper=paper,
        face=paper.face(phase),
        key=paper.key(phase),
        bars=[Bar(value, label, 3333, 33, before) for value, label in CHOICES],
        is_signing=False,
        now=now,
        joined=9999,
        answered=9999,
    )
    address = "rambu.kabupatenarunika.go.id/w/ABC123"
    told = {"choices": CHOICES, "fitting": fitting, "milliseconds": milliseconds}
    return render_template("live/_hall.html", seen=seen, short_address=address, **told)


def hardest(bank):
    """The cases that are longest among those whose letters have one size: where they fit, so do
    the others. All 2,700 together were looked at when the limits were set."""
    found = {}
    for paper in questions_for(bank.on_show):
        for phase in map(Phase, paper.keys):
            for scene, has_two in SCENES:
                for size, letters in sizes_of(paper, phase, scene, has_two):
                    name = f"{paper.scenario} {phase} {scene}"
                    one = (letters, name, paper, phase, scene, has_two)
                    found.setdefault((scene, has_two, *size), []).append(one)
    longest = (sorted(group, key=lambda one: -one[0])[:EACH] for group in found.values())
    return [given for group in longest for _, *given in group]


def sizes_of(paper, phase, scene, has_two):
    """What the text of a scene is sized by, with how long it is."""
    if scene != "revealed":
        question = paper.question if scene == "closed" else None
        letters = len(paper.situation_html) + len(paper.question)
        return [((fitting.of_situation(paper.situation_html, question),), letters)]
    cites = paper.key(phase).cites
    reason = fitting.of_reason(paper.reason_html, cites)
    safe_act = fitting.of_safe_act(paper.safe_act_html, has_two_rounds=has_two)
    articles = sum(len(label) + 75 for label, _ in cites)
    return [
        (("reason", reason), len(paper.reason_html) + articles * 0.4),
        (("safe", safe_act), len(paper.safe_act_html)),
    ]


def test_the_longest_cases_fit_every_screen_in_every_scene(site, open_browser):
    with site.app.test_request_context("/"):
        pieces = [(name, drawn(*given)) for name, *given in hardest(current())]
    assert len(pieces) > 50
    tab = open_browser(base_url=site.url, **INDONESIAN).new_page()
    tab.goto("/webinar")
    tab.evaluate(EMPTY, (PROJECT / "app/static/live/hall.css").read_text(encoding="utf-8"))
    wrong = {}
    for size, least in SCREENS:
        tab.set_viewport_size(size)
        wrong[size["width"]] = tab.evaluate(WRONG, [pieces, least])
    assert wrong == {1920: [], 1024: []}
    tab.set_viewport_size({"width": 800, "height": 400})
    assert tab.evaluate(WRONG, [pieces, 28]), "control: what does not fit is named"
