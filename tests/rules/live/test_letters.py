"""What a phone sends is checked for its shape; anything else is refused as a whole."""

import json

import pytest

from app.live.letters import MOST, Unreadable, read

GOOD = {"run": 12, "choice": "boleh", "sure": None, "seq": 1_795_299_971_234, "at": 1}


def test_a_message_is_answers_questions_and_a_sign_of_life():
    letter = read(json.dumps({"items": [GOOD], "ask": [12], "here": True}).encode(), 3, 4)
    assert (letter.session_id, letter.participant_id) == (3, 4)
    assert [(one.run_id, one.choice, one.seq) for one in letter.answers] == [
        (12, "boleh", 1_795_299_971_234)
    ]
    assert letter.asks == (12,)
    assert letter.is_here
    assert read(b"{}", 3, 4).answers == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        b'{"items": 1}',
        b'{"ask": ["1"]}',
        b'{"ask": [true]}',
        json.dumps({"items": [GOOD] * (MOST + 1)}).encode(),
        *(
            json.dumps({"items": [GOOD | wrong]}).encode()
            for wrong in (
                {"run": 0},
                {"run": 2**31},
                {"run": "12"},
                {"run": True},
                {"choice": None},
                {"choice": ["boleh"]},
                {"sure": "ya"},
                {"seq": -1},
                {"seq": 1.5},
                {"seq": 2**53},
                {"at": None},
            )
        ),
    ],
)
def test_what_no_phone_of_ours_sends_is_unreadable(body):
    with pytest.raises(Unreadable):
        read(body, 3, 4)
