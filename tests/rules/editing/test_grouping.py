"""Questions that ask the same stand together, and others do not."""

import pytest

from app.asking.search.words import Reader
from app.editing.grouping import alikeness, beside, grouped


@pytest.fixture(scope="module")
def stems(catalog):
    reader = Reader(catalog.lexicon)
    return lambda text: frozenset(reader.read(text).meanings)


def test_the_same_question_in_other_words_is_one_group(stems):
    asked = [
        "bolehkah ikut jalan sehat yang diadakan calon",
        "kucing dinamai seperti partai",
        "ikut jalan sehat diadakan cabup boleh ga",
    ]
    groups = grouped((text, stems(text)) for text in asked)
    assert groups == [[asked[0], asked[2]], [asked[1]]]


def test_the_largest_group_comes_first():
    a, b, c = ("a", {"x"}), ("b", {"y"}), ("c", {"y"})
    assert grouped([a, b, c]) == [["b", "c"], ["a"]]


def test_what_has_no_stems_is_like_nothing():
    assert alikeness(frozenset(), frozenset()) == 0
    assert grouped([("a", frozenset()), ("b", frozenset())]) == [["a"], ["b"]]


def test_a_chain_of_small_steps_is_no_group():
    """Each is compared with the first of a group, not with the last."""
    steps = [("a", {1, 2}), ("b", {2, 3}), ("c", {3, 4}), ("d", {1, 2, 3})]
    assert grouped(steps) == [["a", "d"], ["b"], ["c"]]


def test_the_others_of_a_group_and_which_say_the_same():
    asked = [("a", {1, 2, 3, 4}), ("b", {1, 2, 3, 4}), ("c", {1, 2}), ("d", {9})]
    assert beside(asked, "a") == [("b", True), ("c", False)]
    assert beside(asked, "d") == []
