"""A sealed document is accepted by independent readers; any change to it is found out."""

import subprocess
from datetime import timedelta
from io import BytesIO

import pytest
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from app.credentials.press import Press
from app.credentials.samples import ISSUED_AT, sample_facts, sealed_samples
from app.printing.facts import Stamp
from app.printing.rendering import render
from app.sealing import pki
from app.sealing.checks import Finding
from app.sealing.seal import Sealer

NAMES = tuple(sample_facts())
URL = "https://rambu.contoh.go.id/verifikasi/CONTOHAAAAAAAAAAAAAAAAAAAB"


def sealer_in(folder) -> Sealer:
    pki.make(folder)
    return Sealer(pki.load(folder))


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    press = Press(tmp_path_factory.mktemp("instance"), "https://rambu.contoh.go.id")
    pki.make(press.folder)
    return press


@pytest.fixture(scope="module")
def samples(press):
    return dict(sealed_samples(press))


@pytest.fixture(scope="module")
def sealer(press):
    return press.sealer()


@pytest.fixture(scope="module")
def sealed(samples):
    return samples["pakta-biasa"]


# ---- untouched -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_pyhanko_accepts_every_sample(samples, sealer, name):
    assert sealer.examine(samples[name]).is_untouched
    reader = PdfFileReader(BytesIO(samples[name]))
    (signature,) = reader.embedded_signatures
    trust = ValidationContext(
        trust_roots=[Certificate.load(sealer.keys.root.public_bytes(Encoding.DER))]
    )
    status = validate_pdf_signature(signature, trust)
    assert status.bottom_line
    assert status.docmdp_ok
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE


@pytest.mark.parametrize("name", NAMES)
def test_pdfsig_accepts_every_sample(samples, tmp_path, name):
    path = tmp_path / "sample.pdf"
    path.write_bytes(samples[name])
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert said.count("Signature #") == 1


@pytest.mark.parametrize("name", NAMES)
def test_qpdf_finds_no_fault_in_any_sample(samples, tmp_path, name):
    path = tmp_path / "sample.pdf"
    path.write_bytes(samples[name])
    assert subprocess.run(["qpdf", "--check", path], capture_output=True).returncode == 0


def test_sealed_files_stay_small(samples):
    assert max(len(samples[name]) for name in NAMES if not name.startswith("pakta")) < 80_000
    assert max(len(samples[name]) for name in NAMES if name.startswith("pakta")) < 65_000


def test_the_seal_says_what_it_is_and_nothing_more(sealed):
    assert rb"tidak tersertifikasi" in sealed
    assert b"BSrE" not in sealed


def test_the_seal_carries_the_code_in_the_clear(sealed, sealer):
    assert sealer.examine(sealed).claimed_code == "CONTOHAAAAAAAAAAAAAAAAAAAD"


def test_an_old_seal_stays_good_after_renewal(press, sealed):
    renewed = Sealer(pki.renew(press.folder))
    assert renewed.examine(sealed).is_untouched


def test_an_expired_seal_seals_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(pki, "SEAL_LIFE", timedelta(minutes=-1))
    expired = sealer_in(tmp_path / "segel")
    with pytest.raises(pki.KeyTrouble, match=r"kedaluwarsa pada .* renew-seal"):
        expired.seal(b"", name="Rambu", url=URL)


# ---- tampered with ---------------------------------------------------------------------------


def flipped(pdf: bytes, at: int) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def test_a_flipped_bit_anywhere_in_what_was_sealed_is_found(sealed, sealer):
    start, end = contents_range(sealed)
    offsets = [*range(40, start, start // 60), *range(end + 2, len(sealed), 97)]
    assert len(offsets) > 60
    for at in offsets:
        assert not sealer.examine(flipped(sealed, at)).is_untouched, at


def test_a_damaged_seal_leaves_no_trace_in_the_log(sealed, sealer, caplog):
    """Anybody may bring a file: a log full of traces would hide what the operator must see."""
    name = sealer.keys.root.subject.public_bytes().hex().upper().encode()
    assert name in sealed
    findings = sealer.examine(sealed.replace(name, b"17" + name[2:]))
    assert not findings.is_untouched
    assert caplog.records == []


def test_a_flipped_bit_in_the_signature_itself_is_found(sealed, sealer):
    start, end = contents_range(sealed)
    written = sealed[start:end].rstrip(b"0")
    for at in range(start + 40, start + len(written), 211):
        digit = bytes([sealed[at]])
        other = b"0" if digit != b"0" else b"1"
        findings = sealer.examine(sealed[:at] + other + sealed[at + 1 :])
        # Inside the embedded root certificate a change is harmless; the register still refuses it.
        assert findings.finding in (Finding.UNTOUCHED, Finding.CHANGED, Finding.FOREIGN)


def contents_range(pdf: bytes) -> tuple[int, int]:
    start = pdf.index(b"<", pdf.rindex(b"/Contents")) + 1
    return start, pdf.index(b">", start)


@pytest.mark.parametrize("extra", [b"\n", b"%", b"\0", b"\n%%EOF\n", b"x" * 5000])
def test_appended_bytes_are_found(sealed, sealer, extra):
    assert sealer.examine(sealed + extra).finding is Finding.EXTENDED


def test_a_swapped_text_is_found_though_pdfsig_calls_it_valid(sealed, sealer, tmp_path):
    """An incremental update that paints a new page over the old one."""
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 500 500 re f"))
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    output = BytesIO()
    writer.write(output)
    assert sealer.examine(output.getvalue()).finding is Finding.EXTENDED
    path = tmp_path / "overlay.pdf"
    path.write_bytes(output.getvalue())
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True).stdout
    assert "Signature is Valid" in said  # which is why we ask more than that


def test_a_stripped_seal_is_found(sealed, sealer):
    writer = copy_into_new_writer(PdfFileReader(BytesIO(sealed)))
    del writer.root["/AcroForm"]
    output = BytesIO()
    writer.write(output)
    assert sealer.examine(output.getvalue()).finding is Finding.MISPLACED  # its digits are left


def test_the_seal_of_another_authority_is_not_ours(sealed, sealer, tmp_path):
    foreign = sealer_in(tmp_path / "foreign")
    theirs = foreign.seal(unsealed(), name="Rambu", url=URL)
    assert sealer.examine(theirs).finding is Finding.FOREIGN
    assert foreign.examine(theirs).is_untouched  # control: the seal itself is sound


def test_our_certificate_on_a_foreign_signature_does_not_make_it_ours(sealer, tmp_path):
    """A forger can copy our public certificate, not our key."""
    foreign = sealer_in(tmp_path / "foreign")
    forged = Sealer(pki.Keys(sealer.keys.root, sealer.keys.certificate, foreign.keys.key))
    forgery = forged.seal(unsealed(), name="Rambu", url=URL)
    assert sealer.examine(forgery).finding is Finding.CHANGED


def unsealed() -> bytes:
    return render(sample_facts()["pakta-biasa"], Stamp("A" * 26, "1", ISSUED_AT, URL))
