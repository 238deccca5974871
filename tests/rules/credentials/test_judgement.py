"""What a verification page says: the register decides, the seal explains."""

from types import SimpleNamespace

import pytest

from app.credentials.samples import SARI, sample_facts
from app.credentials.verification import FileVerdict, Standing, judge_file, standing, tidy_code
from app.printing.facts import Kind, from_json, text_digest, to_json
from app.sealing.checks import Finding, Findings

CODE = "ABCDEFGHIJKLMNOPQRSTUVWX27"


def state(revoked=False, replaced=False):
    return SimpleNamespace(is_revoked=revoked, is_replaced=replaced)


def test_every_document_has_one_standing():
    assert standing(None) is Standing.UNKNOWN
    assert standing(state()) is Standing.VALID
    assert standing(state(revoked=True)) is Standing.REVOKED
    assert standing(state(replaced=True)) is Standing.REPLACED


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        "ABCDE-FGHIJ-KLMNO-PQRST-UVWX27",
        " abcde fghij klmno pqrst uvwx27 ",
        "ABCDEFGH1JKLMN0PQRSTUVWX27",
        "A8CDEFGHIJKLMNOPQRSTUVWX27",
        "ABCDE\u2013FGHIJ\u00a0KLMNO.PQRST/UVWX27",
    ],
)
def test_a_code_is_read_however_it_was_typed(typed):
    assert tidy_code(typed) == CODE


@pytest.mark.parametrize(
    "typed", ["", "ABC", CODE + "A", CODE[:-1] + "9", CODE[:-1] + "é", "🙂" * 26]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert tidy_code(typed) is None


def judged(finding, is_known_code=False):
    return judge_file(Findings(finding), is_known_code=is_known_code)


def test_a_sound_seal_of_ours_alone_makes_no_file_authentic():
    assert judged(Finding.UNTOUCHED).verdict is FileVerdict.UNREGISTERED


def test_a_sound_seal_on_other_bytes_of_a_known_document_means_changed():
    """Only the padding around the signature differs: no reader notices, the register does."""
    found = judged(Finding.UNTOUCHED, is_known_code=True)
    assert found.verdict is FileVerdict.CHANGED
    assert "tidak sama bita demi bita" in found.why


@pytest.mark.parametrize("is_known_code", [True, False])
def test_only_a_file_with_our_seal_is_ever_called_changed(is_known_code):
    """A code is printed on every document: whoever copies it makes no file ours."""
    changed = {Finding.CHANGED, Finding.EXTENDED}
    for finding in set(Finding) - {Finding.UNTOUCHED}:
        verdict = judged(finding, is_known_code).verdict
        assert (verdict is FileVerdict.CHANGED) == (finding in changed)


@pytest.mark.parametrize("finding", Finding)
def test_every_finding_has_a_verdict_and_its_own_sentence(finding):
    assert judged(finding).why == finding.sentence
    assert judged(finding).verdict is not FileVerdict.AUTHENTIC


# ---- facts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sample_facts())
def test_facts_survive_their_storage(name):
    facts = sample_facts()[name]
    assert from_json(to_json(facts)) == facts


def test_facts_with_fields_of_a_later_edition_still_read():
    stored = to_json(sample_facts()["sertifikat-biasa"]) | {"invented_later": 1}
    assert from_json(stored).kind is Kind.CERTIFICATE


def test_facts_without_optional_fields_still_read():
    stored = to_json(sample_facts()["sertifikat-biasa"])
    del stored["rests_on"], stored["mode"]
    assert from_json(stored).rests_on == ()


def test_facts_of_a_kind_that_nobody_knows_are_refused():
    with pytest.raises(ValueError, match="diploma"):
        from_json(to_json(sample_facts()["pakta-biasa"]) | {"kind": "diploma"})


def test_facts_of_a_newer_schema_are_refused():
    with pytest.raises(ValueError, match="schema 2"):
        from_json(to_json(sample_facts()["pakta-biasa"]) | {"schema": 2})


def test_the_digest_of_a_pledge_covers_every_word():
    parts = ("Judul", "Pembuka", ("satu", "dua"), "Penutup", "Setuju")
    digests = {text_digest(*parts)}
    for place, changed in enumerate(("Judul.", "Pembuka.", ("dua", "satu"), "Penutup.", "Setuju.")):
        digests.add(text_digest(*parts[:place], changed, *parts[place + 1 :]))
    assert len(digests) == 6


def test_strangers_see_only_the_ends_of_a_number():
    assert SARI.grouped_number == "19900101 201505 2 001"
    assert SARI.masked_number == "1990•••• •••••• • •01"
