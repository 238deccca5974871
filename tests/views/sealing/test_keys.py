"""The sealing keys: made once, readable by nobody else, refused when anything is wrong."""

import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ExtendedKeyUsage, KeyUsage

from app.sealing import pki

FILES = (pki.ROOT_KEY, pki.ROOT_CRT, pki.SEAL_PEM)


@pytest.fixture
def folder(tmp_path):
    pki.make(tmp_path / "segel")
    return tmp_path / "segel"


def test_a_first_run_makes_a_root_and_a_seal(folder):
    keys = pki.load(folder)
    usage = keys.certificate.extensions.get_extension_for_class(KeyUsage).value
    purposes = keys.certificate.extensions.get_extension_for_class(ExtendedKeyUsage).value
    assert isinstance(keys.root.public_key().curve, ec.SECP384R1)
    assert isinstance(keys.key.curve, ec.SECP256R1)
    assert (usage.digital_signature, usage.content_commitment) == (True, True)
    assert not usage.key_cert_sign
    assert [purpose.dotted_string for purpose in purposes] == ["1.3.6.1.5.5.7.3.36"]
    life = keys.certificate.not_valid_after_utc - keys.certificate.not_valid_before_utc
    assert timedelta(days=1095) < life < timedelta(days=1098)
    assert "tidak tersertifikasi" in keys.certificate.subject.rfc4514_string()


def test_only_the_server_may_read_them(folder):
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in FILES} == {0o600}


@pytest.mark.parametrize("name", [pki.ROOT_KEY, pki.SEAL_PEM])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused_by_name(folder, name, mode):
    (folder / name).chmod(mode)
    with pytest.raises(pki.KeyTrouble, match=rf"{name} dapat dibaca orang lain"):
        pki.load(folder)


@pytest.mark.parametrize("name", [pki.ROOT_CRT, pki.SEAL_PEM])
@pytest.mark.parametrize("content", [b"", b"junk", b"-----BEGIN CERTIFICATE-----\nAA==\n"])
def test_a_damaged_file_is_refused_by_name(folder, name, content):
    (folder / name).write_bytes(content)
    with pytest.raises(pki.KeyTrouble, match=name):
        pki.load(folder)


@pytest.mark.parametrize("name", [pki.ROOT_CRT, pki.SEAL_PEM])
def test_a_missing_file_is_refused_and_never_made_anew(folder, name):
    (folder / name).unlink()
    assert pki.exist(folder)
    with pytest.raises(pki.KeyTrouble, match=f"{name} hilang; pulihkan"):
        pki.load(folder)
    assert not (folder / name).exists()


def test_the_root_key_may_be_taken_offline(folder):
    (folder / pki.ROOT_KEY).unlink()
    assert pki.load(folder).serial


def test_a_seal_of_another_root_is_refused(folder, tmp_path):
    pki.make(tmp_path / "foreign")
    shutil.copy(tmp_path / "foreign" / pki.SEAL_PEM, folder / pki.SEAL_PEM)
    with pytest.raises(pki.KeyTrouble, match="bukan terbitan"):
        pki.load(folder)


def test_a_key_of_another_certificate_is_refused(folder, tmp_path):
    pki.make(tmp_path / "foreign")
    mine = (folder / pki.SEAL_PEM).read_text().partition("-----BEGIN CERTIFICATE")
    foreign = (tmp_path / "foreign" / pki.SEAL_PEM).read_text().partition("-----BEGIN CERT")
    (folder / pki.SEAL_PEM).write_text(foreign[0] + "".join(mine[1:]))
    with pytest.raises(pki.KeyTrouble, match="kunci dan sertifikatnya tidak cocok"):
        pki.load(folder)


def test_workers_that_start_together_agree_on_one_set_of_keys(tmp_path):
    folder = tmp_path / "segel"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: pki.make(folder), range(8)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["segel"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert pki.load(folder).serial


def test_a_second_making_changes_nothing(folder):
    before = pki.load(folder).serial
    pki.make(folder)
    assert pki.load(folder).serial == before


def test_a_renewed_seal_keeps_its_root(folder):
    before = pki.load(folder)
    after = pki.renew(folder)
    assert after.serial != before.serial
    assert after.root == before.root
