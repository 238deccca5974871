"""What follows from a repeal: who is the heir, and what nobody is sent to any more."""

from dataclasses import replace

import pytest

from app.catalog.staleness import Excuse, StaleRule
from app.stale import stale_claims
from app.stale.composing import Kit, Place, joined
from app.stale.notation import read
from app.stale.repeals import Instrument, Repeals

KIT = Kit.of({"PP": read("PP | peraturan pemerintah")})


def instrument(number: str, year: int, heir: str | None = None, **about) -> Instrument:
    given = Instrument(
        id=f"pp-{number}-{year}",
        short=f"PP {number}/{year}",
        kind="pp",
        number=number,
        year=year,
        is_repealed=heir is not None,
        heir=heir,
        closing=None,
    )
    return replace(given, **about)


def repeals(*instruments: Instrument) -> Repeals:
    return Repeals({one.id: one for one in instruments}, KIT)


def rule(line: str, right: str, source: str, **excuse) -> StaleRule:
    claim = joined([KIT.regex(line, Place.CLAIM)], Place.CLAIM)
    return StaleRule(line, claim, right, source, excuse=Excuse(**excuse))


OLD = instrument("53", 2010, heir="pp-94-2021")
NOW = instrument("94", 2021, closing="penutup")
GONE = replace(NOW, is_repealed=True, heir="pp-9-2027")
NEW = instrument("9", 2027)


def claims(text: str, rules) -> list[tuple[str, str, str]]:
    return [(claim.found, claim.right, claim.source) for claim in stale_claims(text, rules)]


def test_a_mention_of_what_is_repealed_names_the_heir_and_where_that_stands():
    assert claims("Sesuai PP 53/2010 ia dihukum.", repeals(OLD, NOW).rules([])) == [
        ("PP 53/2010", "PP 53/2010 sudah dicabut; yang berlaku ialah PP 94/2021.",
         "pp-94-2021#penutup")
    ]  # fmt: skip


def test_the_heir_of_an_heir_is_named_and_never_what_is_gone_itself():
    rules = repeals(OLD, GONE, NEW).rules([])
    assert [found[1:] for found in claims("PP 53/2010 berlaku. PP 94/2021 berlaku.", rules)] == [
        ("PP 53/2010 sudah dicabut; yang berlaku ialah PP 9/2027.", "pp-9-2027"),
        ("PP 94/2021 sudah dicabut; yang berlaku ialah PP 9/2027.", "pp-9-2027"),
    ]


@pytest.mark.parametrize(
    "known",
    [
        (OLD, replace(GONE, heir=None)),
        (OLD, replace(GONE, heir="pp-94-2021")),
        (OLD, replace(GONE, heir="pp-53-2010")),
        (OLD, replace(GONE, heir="pp-1-1900")),
        (replace(OLD, heir="pp-1-1900"),),
        (replace(OLD, heir="pp-53-2010"),),
    ],
)
def test_where_nobody_knows_a_living_heir_none_is_named(known):
    found = claims("Sesuai PP 53/2010 ia dihukum.", repeals(*known).rules([]))
    assert found == [("PP 53/2010", "PP 53/2010 sudah dicabut.", "pp-53-2010")]


@pytest.mark.parametrize(
    "text",
    [
        "Menurut Peraturan Pemerintah Nomor 53 Tahun 2010 ia dihukum.",
        "Menurut PP No. 53 Th. 2010 ia dihukum.",
        "Menurut PP 53 / 2010 ia dihukum.",
    ],
)
def test_a_repealed_instrument_is_known_by_number_and_year_too(text):
    assert claims(text, repeals(OLD, NOW).rules([]))


@pytest.mark.parametrize(
    "text",
    [
        "PP 53/2010 sudah dicabut.",
        "PP 53/2010, kini PP 94/2021, mengatur disiplin.",
        "PP 94/2021 menggantikan PP 53/2010.",
        "Yang berlaku PP 94/2021, bukan PP 53/2010.",
        "PP 53/20100 dan PP 153/2010 tidak ada.",
    ],
)
def test_history_and_denial_excuse_what_is_derived_too(text):
    assert claims(text, repeals(OLD, NOW).rules([])) == []


def test_a_written_rule_knows_better_and_nothing_is_said_twice():
    written = rule("PP 53~/~2010", "PP 94/2021 berlaku.", "pp-94-2021#1", repealed=True)
    found = claims("Sesuai PP 53/2010 ia dihukum.", repeals(OLD, NOW).rules([written]))
    assert found == [("PP 53/2010", "PP 94/2021 berlaku.", "pp-94-2021#1")]


def test_a_written_rule_about_a_repealed_instrument_takes_over_the_heir():
    written = rule("PP 53~/~2010", "Yang berlaku ialah PP 94/2021.", "pp-94-2021#1", repealed=True)
    rules = repeals(OLD, GONE, NEW).rules([written])
    right = "PP 53/2010 sudah dicabut; yang berlaku ialah PP 9/2027."
    assert claims("Sesuai PP 53/2010 ia dihukum.", rules) == [("PP 53/2010", right, "pp-9-2027")]
    assert claims("PP 53/2010, kini PP 9/2027, mengatur disiplin.", rules) == []


@pytest.mark.parametrize(
    ("right", "source"),
    [
        ("PTDH bukan hukuman disiplin.", "pp-94-2021#bukan-ptdh"),
        ("Hukumannya ada dalam PP 94/2021.", "pp-9-2027#1"),
        ("PTDH bukan jenis hukuman disiplin PP 94/2021.", "pp-9-2027#1"),
    ],
)
def test_another_rule_that_sends_to_what_is_gone_falls_silent(right, source):
    known = repeals(GONE, NEW)
    written = rule("PTDH", right, source)
    assert known.unsound(written) == GONE
    assert claims("Ia kena PTDH.", known.rules([written])) == []


def test_a_rule_that_calls_it_gone_is_sound():
    known = repeals(GONE, NEW)
    written = rule("PTDH", "Itu berasal dari PP 94/2021 yang sudah dicabut.", "pp-9-2027#1")
    assert known.unsound(written) is None
    assert claims("Ia kena PTDH.", known.rules([written]))


def test_every_rule_of_ours_recommends_what_holds():
    living = instrument("94", 2021)
    assert repeals(OLD, living).recommended("PP 53/2010 sudah dicabut; berlaku PP 94/2021.") is None
