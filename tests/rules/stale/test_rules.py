"""Each rule has a source that the catalog holds, and no paste makes it slow."""

import ast
import re
import time

import pytest

from app.catalog.terms import Confidence
from app.config import PROJECT
from app.reading.loader import load
from app.stale import StaleClaim
from tests.stale import our_rules, stale_claims

CHARACTERS = 200_000
#: A law by its name or number.
LAW = re.compile(r"\b(?:UU|PP|Pasal|SKB|SE)\s+(?:Nomor\s+)?\d|\bKASN\b")
#: Folders whose business it is to name what no longer holds.
HOLDS_OLD_LAW = ("regulations", "stale")
#: Pieces that, repeated, made a pattern walk the text over and over, or could.
PIECES = [
    "Lapor ke KASN. ", "bukan KASN ", "SKB tahun ", "PTDH PP 94 ", "ASN ", "ASN dan TNI ", "ASN, ",
    "UU ", "UU(", "UU RI ", "UU\n\n", " \n \n", "\t \t ", "PP. ", "Pasal 71 ", "Pasal 71 pilkada ",
    "Pasal 282 kades pidana ", "like ", "](", "<a", "*", "_", "~~", "> x\n", ">", '"', '"KASN" ',
    "undang-", "Rp12 juta denda pidana Pasal 494 ", "kurungan pidana ", "Apakah ", "? ", "- x\n",
    "| a ", "|", "a\tb\n", "sanksi berat: PTDH ", "jangan ", "pose jari SKB ", "SKB 22 ", "; KASN",
    "121/PUU-XXII/2024 ", "Oktober 2024 MK ", "22 September 2023 bersama ", "SE a b c d e ",
    "2019 KASN ", "x", "\u00a0", "\u200b", "\0", "\r", "🙏", "SKB BKN KASN, ",
    "mencabut UU 5/2014 ", "kampanye bakal calon disiplin berat ", "hak pilih ASN ",
    "cukup cuti ASN calon ", "(((", "...",
]  # fmt: skip


@pytest.fixture(scope="module")
def catalog():
    return load(PROJECT / "content")


@pytest.mark.parametrize("rule", our_rules(), ids=lambda rule: rule.id)
def test_the_source_of_every_rule_stands_in_the_catalog_and_may_be_taught(rule, catalog):
    id, _, anchor = rule.source.partition("#")
    regulation = catalog.regulation(id)
    provision = regulation.provision(anchor)
    assert not regulation.is_repealed
    assert max(regulation.confidence, provision.confidence) < Confidence.C


@pytest.mark.parametrize("rule", our_rules(), ids=lambda rule: rule.id)
def test_what_is_right_now_is_a_sentence_that_is_right_itself(rule):
    assert rule.right[0].isupper()
    assert rule.right.endswith(".")
    assert stale_claims(rule.right) == []


def test_a_claim_leads_to_the_page_of_its_source():
    (claim,) = stale_claims("Lapor ke KASN.")
    assert claim == StaleClaim(
        line=1, found="KASN", right=claim.right, source="kanal-pelaporan#kasn", start=9, end=13
    )
    assert claim.url == "/aturan/kanal-pelaporan#kasn"


def test_a_link_that_is_marked_as_history_passes():
    assert stale_claims('Menurut [UU 5/2014](aturan:uu-5-2014 "historis").') == []
    assert stale_claims("Menurut [UU 5/2014](aturan:uu-5-2014).")


def test_our_own_content_says_nothing_stale():
    """False positives over everything that we teach, front matter included, are none."""
    found = []
    for path in sorted((PROJECT / "content").rglob("*")):
        if path.suffix in {".md", ".yaml"} and path.parent.name not in HOLDS_OLD_LAW:
            for claim in stale_claims(path.read_text(encoding="utf-8")):
                found.append(f"{path}:{claim.line}: {claim.found}")
    assert found == []


@pytest.mark.parametrize("piece", PIECES)
def test_no_paste_is_slow(piece):
    begun = time.process_time()
    stale_claims(piece * (CHARACTERS // len(piece)))
    assert time.process_time() - begun < 6


def test_twice_the_text_takes_about_twice_the_time():
    """Linear: what a hundred pages cost, two hundred cost twice."""
    page = (
        "Sesuai SKB 2022, pegawai wajib netral. Laporan masuk lewat Bawaslu; KASN sudah bubar.\n\n"
    )

    def cost(pages: int) -> float:
        begun = time.process_time()
        stale_claims(page * pages)
        return time.process_time() - begun

    cost(100)
    assert cost(2000) < 6 * cost(500) + 0.5


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
