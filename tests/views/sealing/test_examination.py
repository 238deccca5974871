"""What strangers bring: each file hears what was seen of it, and costs next to nothing."""

import subprocess

import pytest

from app.credentials.samples import ISSUED_AT, sample_facts
from app.printing.facts import Stamp
from app.printing.rendering import render
from app.sealing import pki
from app.sealing.checks import LARGEST, Finding
from app.sealing.examination import MOST_CODES, claimed_code
from app.sealing.seal import Sealer
from tests.hostile_files import HOSTILE, KILLERS
from tests.patience import at_most

URL = "https://rambu.contoh.go.id/verifikasi/CONTOHAAAAAAAAAAAAAAAAAAAB"


@pytest.fixture(scope="module")
def sealer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("instance") / pki.FOLDER
    pki.make(folder)
    return Sealer(pki.load(folder))


@pytest.fixture(scope="module")
def unsealed():
    return render(sample_facts()["pakta-biasa"], Stamp("A" * 26, "1", ISSUED_AT, URL))


@pytest.fixture(scope="module")
def sealed(sealer, unsealed):
    return sealer.seal(unsealed, name="Rambu", url=URL)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_at_once(sealer, name):
    content, finding = HOSTILE[name]
    with at_most(2):  # seconds of the processor; `make bench NAME=hostile` says how many it takes
        assert sealer.examine(content).finding is finding


def test_the_files_of_the_trial_are_among_the_hostile():
    """Control: what cost 5.7 seconds and 353 MiB then is what is answered above."""
    assert HOSTILE.keys() >= KILLERS
    assert all(b"/ByteRange" in HOSTILE[name][0] for name in KILLERS)


@pytest.mark.parametrize("cut", [10, 200, 405, 20_000, 39_000])
def test_a_file_whose_end_is_missing_is_cut_off_and_not_changed(sealer, sealed, cut):
    assert sealer.examine(sealed[:-cut]).finding is Finding.CUT_OFF


def test_an_intact_seal_of_somebody_else_is_not_ours_and_not_changed(sealer, unsealed, tmp_path):
    pki.make(tmp_path / "theirs")
    theirs = Sealer(pki.load(tmp_path / "theirs"))
    content = theirs.seal(unsealed, name="Rambu", url=URL)
    assert sealer.examine(content).finding is Finding.FOREIGN
    assert theirs.examine(content).is_untouched  # control


def test_a_document_without_a_seal_and_a_picture_have_none(sealer, unsealed):
    assert sealer.examine(unsealed).finding is Finding.UNSEALED
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    assert sealer.examine(picture).finding is Finding.NOT_A_PDF


def test_a_file_that_another_program_wrote_anew_has_a_seal_out_of_place(sealer, sealed, tmp_path):
    source, target = tmp_path / "ours.pdf", tmp_path / "anew.pdf"
    source.write_bytes(sealed)
    subprocess.run(["qpdf", "--linearize", source, target], check=True, capture_output=True)
    assert sealer.examine(target.read_bytes()).finding is Finding.MISPLACED


def test_a_locked_document_is_locked(sealer, sealed, tmp_path):
    source, target = tmp_path / "plain.pdf", tmp_path / "locked.pdf"
    source.write_bytes(sealed)
    lock = ["qpdf", "--encrypt", "a", "b", "256", "--", source, target]
    subprocess.run(lock, check=True, capture_output=True)
    assert sealer.examine(target.read_bytes()).finding is Finding.LOCKED


def test_a_second_signature_behind_ours_is_an_addition(sealer, sealed):
    more = b"\n9 0 obj <</Type/Sig/ByteRange [0 40000 46146 900]/Contents <00>>>\n%%EOF\n"
    assert sealer.examine(sealed + more).finding is Finding.EXTENDED


def test_cut_and_scrambled_documents_are_answered_not_raised(sealer, sealed):
    for length in range(0, len(sealed), len(sealed) // 40):
        assert not sealer.examine(sealed[:length]).is_untouched
        assert not sealer.examine(sealed[length:]).is_untouched or length == 0
    for step in (2, 3, 7, 64):
        assert not sealer.examine(sealed[::step] + sealed[-400:]).is_untouched


def test_the_code_of_the_seal_is_found_and_a_flood_of_addresses_is_not_read(sealed):
    assert claimed_code(sealed) == "CONTOHAAAAAAAAAAAAAAAAAAAB"
    flood = b"/verifikasi/" * MOST_CODES
    assert claimed_code(flood + sealed) is None
    assert claimed_code(flood[12:] + sealed) == "CONTOHAAAAAAAAAAAAAAAAAAAB"


def test_a_file_larger_than_any_of_ours_is_not_looked_at(sealer, sealed):
    assert sealer.examine(sealed + b" " * LARGEST).finding is Finding.UNFINISHED


@pytest.mark.parametrize("finding", Finding)
def test_every_finding_has_one_sentence(finding):
    assert finding.sentence.endswith(".")
    assert finding.sentence.count(".") == 1
