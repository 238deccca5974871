"""A code survives the back row, a thumb and a chat."""

import pytest

from app.live.codes import LENGTH, LETTERS, grouped, meant, new_code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("abc-107", "ABC107"),
        (" abc 1o7 ", "ABC107"),
        ("ABCIO7", "ABC107"),
        ("abcl07", "ABC107"),
        ("uvu", "VVV"),
        ("", ""),
        ("a" * 500, "A" * 40),
    ],
)
def test_what_was_typed_is_what_was_meant(typed, code):
    assert meant(typed) == code


def test_a_new_code_means_itself_and_holds_nothing_that_looks_like_another():
    for _ in range(200):
        code = new_code()
        assert len(code) == LENGTH
        assert meant(code) == code == meant(grouped(code))
    assert not set("258BILOSUZ") & set(LETTERS)
