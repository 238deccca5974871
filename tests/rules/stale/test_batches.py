"""Many texts at once: the same is found as in each by itself."""

from app.stale.batches import stale_claims_of_each
from tests.stale import our_rules, sentence_sets, stale_claims

#: Openings and endings that reach over the border where there is none.
REACHING = [
    "Mitos:",
    "Sudah dicabut:",
    "# Riwayat",
    "- UU 5/2014 mengatur ASN.",
    "> Sesuai PP 53/2010",
    "| Lama | Baru |",
    "| UU 5/2014 | UU 20/2023 |",
    "Dahulu begini, kini\nsesuai PP 53/2010 ia dihukum",
    "tidak benar.",
    "",
]


def test_many_texts_at_once_give_what_each_gives_alone():
    texts = [one for some in sentence_sets() for one in (*some.wrong, *some.right)][::8]
    texts += REACHING + texts[:40] + REACHING[::-1]
    alone = [(at, claim) for at, text in enumerate(texts) for claim in stale_claims(text)]
    assert len(alone) > 200
    assert list(stale_claims_of_each(texts, our_rules())) == alone


def test_no_texts_hold_nothing():
    assert list(stale_claims_of_each([], our_rules())) == []
