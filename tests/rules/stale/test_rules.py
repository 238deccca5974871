"""Each rule has a source that the catalog holds, and says what is right."""

import ast
import re

from app.catalog.terms import Confidence
from app.config import PROJECT
from app.stale import StaleClaim
from app.stale.batches import stale_claims_of_each
from tests.stale import our_kinds, our_rules, stale_claims

#: A law by its name or number.
LAW = re.compile(r"\b(?:UU|PP|Pasal|SKB|SE)\s+(?:Nomor\s+)?\d|\bKASN\b")


def test_the_source_of_every_rule_stands_in_the_catalog_and_may_be_taught(catalog):
    for rule in our_kinds():
        id, _, anchor = rule.source.partition("#")
        regulation = catalog.regulation(id)
        provision = regulation.provision(anchor)
        assert not regulation.is_repealed, rule.id
        assert max(regulation.confidence, provision.confidence) < Confidence.C, rule.id


def test_what_is_right_now_is_a_sentence_that_is_right_itself():
    said = [one for rule in our_kinds() for one in (rule.right, rule.instead or rule.right)]
    assert all(one[0].isupper() and one.endswith(".") for one in said)
    assert [claim.found for _, claim in stale_claims_of_each(said, our_rules())] == []


def test_a_claim_leads_to_the_page_of_its_source():
    (claim,) = stale_claims("Lapor ke KASN.")
    assert claim == StaleClaim(
        line=1,
        found="KASN",
        right=claim.right,
        source="kanal-pelaporan#kasn",
        start=9,
        end=13,
        within=(0, 14),
        instead=claim.instead,
    )
    assert claim.url == "/aturan/kanal-pelaporan#kasn"


def test_a_link_that_is_marked_as_history_passes():
    assert stale_claims('Menurut [UU 5/2014](aturan:uu-5-2014 "historis").') == []
    assert stale_claims("Menurut [UU 5/2014](aturan:uu-5-2014).")


def test_the_engine_names_no_law():
    """Whoever looks for a sentence of law finds it in content, never in Python."""
    found = [
        f"{path.name}: {text}"
        for path in sorted((PROJECT / "app" / "stale").glob("*.py"))
        for text in strings_of(ast.parse(path.read_text(encoding="utf-8")))
        if LAW.search(text)
    ]
    assert found == []


def strings_of(tree):
    """All but docstrings, which may tell an example."""
    nodes = list(ast.walk(tree))
    docs = {ast.get_docstring(node, clean=False) for node in nodes if is_documented(node)}
    strings = {node.value for node in nodes if isinstance(node, ast.Constant)} - docs
    return {text for text in strings if isinstance(text, str)}


def is_documented(node):
    return isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)


def test_nothing_is_nothing():
    for text in ("", " ", "\n\n", "\0", "🙏", "\ufeff", "\r\n"):
        assert stale_claims(text) == []
