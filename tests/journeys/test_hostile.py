"""Hostile snippets as content and as the words of strangers, in a browser: none runs, asks for
anything or leaves an element that a text may not have; and nothing is left for the policy to stop.
"""

import json
import re
from dataclasses import replace
from types import MappingProxyType

import pytest
from markdown_it import MarkdownIt

from app.catalog.web import current, keep
from app.core import clock
from app.core.db import db as database
from app.editing.models import Fate, SentQuestion
from app.reading import markdown
from tests import people
from tests.databases import DATABASES
from tests.hostile_snippets import in_markdown, in_words
from tests.journeys import stage
from tests.journeys.conftest import DESK

pytestmark = [
    pytest.mark.journey,
    # What a page is made of does not depend on the database.
    pytest.mark.parametrize("built_app", DATABASES[:1], indirect=True),
]

#: Put into every frame before anything else: tells what ran, and what the policy had to stop.
TRAP = """
  alert = (number) => console.debug("ran", number);
  addEventListener("securitypolicyviolation",
    (event) => console.debug("stopped", event.violatedDirective, event.blockedURI));
"""
#: Press, point at and enter whatever there is; an address that leads elsewhere is not followed.
PRESS = """async (where) => {
  const stay = (event) => {
    const link = event.target.closest("a[href], area[href]");
    if (!(link?.href.baseVal ?? link?.href ?? "http").startsWith("javascript:") && link)
      event.preventDefault();
  };
  document.addEventListener("click", stay);
  document.addEventListener("submit",
    (event) => (event.submitter?.formAction ?? event.target.action).startsWith("javascript:")
      || event.preventDefault());
  for (const one of document.querySelectorAll(where + " *"))
    for (const name of ["mouseover", "pointerenter", "focus", "click"])
      one.dispatchEvent(new (name === "click" ? MouseEvent : Event)(name,
        {bubbles: true, cancelable: true}));
  await new Promise((done) => setTimeout(done, 50));
}"""
#: Elements below a place, each once with its attributes: [tag, {name: value}].
FOUND = """(where) => [...document.querySelectorAll(where + ", " + where + " *")].map((one) => [
  one.localName, Object.fromEntries([...one.attributes].map((a) => [a.name, a.value]))])"""
#: What a renderer that trusts its text would put on a page; scripts of a fragment run.
SHOW = """(pieces) => {
  for (const piece of pieces) {
    const place = document.body.appendChild(document.createElement("div"));
    place.append(document.createRange().createContextualFragment(piece));
  }
}"""

#: What Markdown may make, and the attributes of it.
PROSE = frozenset(
    re.findall(
        r"\w+",
        "div p a em strong code pre blockquote ul li h1 table thead tbody tr th td img br",
    )
)
ATTRIBUTES = {"href", "class", "rel", "src", "alt"}
ADDRESS = re.compile(r"/(?![/\\])\S*|#\S*|https://\S+")


class Trapped:
    """A tab that tells what ran and what the policy had to stop."""

    def __init__(self, context) -> None:
        self.told: list[str] = []
        context.add_init_script(TRAP)
        context.on("console", lambda message: self.told.append(message.text))
        self.tab = context.new_page()
        self.tab.on("dialog", lambda dialog: (self.told.append("dialog"), dialog.dismiss()))

    @property
    def ran(self) -> set[int]:
        return {int(one.split()[1]) for one in self.told if re.fullmatch(r"ran \d+", one)}


@pytest.fixture
def trapped(open_browser, site):
    return Trapped(open_browser(base_url=site.url, **DESK))


@pytest.fixture
def hostile_guide(site):
    """A guide that is nothing but snippets, rendered as content is."""
    with site.app.app_context():
        bank = current()
        html = "".join(f"<div>{markdown.read(one).html()}</div>" for one in in_markdown())
        guide = replace(bank.guide("penyunting"), html=html)
        keep(site.app, replace(bank, guides=MappingProxyType({**bank.guides, guide.slug: guide})))
        yield f"/bantuan/{guide.slug}"
        keep(site.app, bank)


def faults_below(trapped: Trapped, where: str) -> list[str]:
    """Elements, attributes and addresses that a text may not have."""
    found = trapped.tab.evaluate(FOUND, where)
    assert len(found) > 100
    return [f"{tag} {json.dumps(has)}" for tag, has in found if not is_harmless(tag, has)]


def is_harmless(tag: str, has: dict[str, str]) -> bool:
    addresses = [has[name] for name in ("href", "src") if name in has]
    return (
        tag in PROSE
        and has.keys() <= ATTRIBUTES
        and all(ADDRESS.fullmatch(address) for address in addresses)
        and has.get("src", "/static/").startswith("/static/")
    )


def test_no_snippet_in_content_runs_asks_or_leaves_what_a_text_may_not_have(trapped, hostile_guide):
    assert len(set(in_markdown())) >= 1_000
    trapped.tab.goto(hostile_guide)
    trapped.tab.evaluate(PRESS, ".prose")
    assert faults_below(trapped, ".prose") == []
    assert trapped.told == []
    assert not [url for url in trapped.tab.context.watch.asked if "jahat" in url or "alert" in url]


@pytest.fixture
def editor(trapped, site):
    """Laras in the trapped tab; every snippet waits at her desk, with nothing hidden from her."""
    with site.app.app_context():
        people.add_editor(database.session, people.enter(database.session))
        for one in in_words():
            sent = SentQuestion(text=one, sent_on=clock.today(), fate=Fate.WANTED)
            database.session.add(sent)
        database.session.commit()
        database.session.remove()
    cookie = {"name": site.app.config["SESSION_COOKIE_NAME"], "url": site.url}
    trapped.tab.context.add_cookies([cookie | {"value": stage.cookie_of(site.app, "laras")}])
    return trapped


def test_no_words_of_a_stranger_run_at_the_desk_and_each_is_shown_as_it_was_typed(editor):
    editor.tab.goto("/penyunting")
    shown = editor.tab.locator("main .link-list a > span").evaluate_all(
        "spans => spans.map((one) => one.textContent)"
    )
    assert sorted(shown) == sorted(as_parsed(one) for one in in_words())
    editor.tab.evaluate(PRESS, "main .link-list")
    found = editor.tab.evaluate(FOUND, "main .link-list")
    assert {tag for tag, _ in found} == {"ul", "li", "a", "span", "svg", "use"}
    assert editor.told == []


def as_parsed(text: str) -> str:
    """HTML drops the one character that it does not know."""
    return text.replace("\0", "")


#: Of the snippets that the control lets in, how many run at least (November 2026, Chromium).
RUN = 400


def test_control_where_a_renderer_trusts_its_text_and_there_is_no_policy_they_run(trapped):
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.validateLink = lambda url: True
    empty = {"body": "<!doctype html><body>", "content_type": "text/html"}
    trapped.tab.route("**/kosong", lambda route: route.fulfill(**empty))
    trapped.tab.goto("/kosong")
    trapped.tab.evaluate(SHOW, [parser.render(one) for one in in_markdown()])
    trapped.tab.evaluate(PRESS, "body")
    assert len(trapped.ran) >= RUN, len(trapped.ran)
    assert any("third party" in wrong for wrong in trapped.tab.context.watch.take())
