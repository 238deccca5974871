"""Phrasings of an allowed case that say only what is forbidden, and those that say more."""

from dataclasses import replace

import pytest

from app.asking.phrasings import strays
from app.catalog.terms import Facet
from tests.bank import ALLOWED, DEPENDS, SEVERE, catalog_of, scenario

TWIN = replace(
    scenario("menerima", always=SEVERE),
    question="Bolehkah menerima uang dari calon?",
    act="Menerima uang calon",
)
CASE = replace(
    scenario("mengembalikan", always=ALLOWED),
    question="Bolehkah mengembalikan uang dari calon?",
    act="Mengembalikan uang calon",
    facets={Facet.TIME: "telanjur di rumah"},
    twin="menerima",
)


def found(*asked_like: str, **changes) -> list[str]:
    bank = catalog_of(replace(CASE, asked_like=asked_like, **changes), TWIN)
    return [stray.phrasing for stray in strays(bank)]


@pytest.mark.parametrize("phrasing", ["terima uang dari calon", "uang calon", "menerima parsel"])
def test_what_says_only_the_forbidden_act_strays(phrasing):
    assert found(phrasing) == [phrasing]


@pytest.mark.parametrize(
    "phrasing",
    ["kembalikan uang calon", "uang calon telanjur diterima", "simpan uang di rumah", "parsel tim"],
)
def test_what_says_something_of_its_own_does_not(phrasing):
    assert found(phrasing) == []


def test_only_a_case_with_a_forbidden_twin_is_looked_at():
    assert found("uang calon", twin=None) == []
    depends = scenario("lain", always=DEPENDS).rulings
    assert found("uang calon", rulings=depends) == []
