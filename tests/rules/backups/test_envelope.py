"""What is closed opens again for whoever may, and nothing else is ever taken for it."""

import io
import random
import tarfile

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.backups import contents, envelope, passphrase
from app.core.errors import DomainError

CONTENT = random.Random(7).randbytes(140_000)


def closed(lock: envelope.Lock) -> bytes:
    file = io.BytesIO()
    envelope.close(file, lock, lambda out: out.write(CONTENT))
    return file.getvalue()


def opened(sealed: bytes, opener: envelope.Opener) -> bytes:
    found = io.BytesIO()
    envelope.open_to(io.BytesIO(sealed), opener, lambda content: found.write(content.read()))
    return found.getvalue()


@pytest.fixture(scope="module")
def key():
    text, recipient = envelope.new_identity()
    return envelope.Opener(identity=text), envelope.lock_for(recipient)


@pytest.fixture(scope="module")
def sealed(key):
    return closed(key[1])


def test_it_opens_with_its_key_alone(key, sealed):
    opener, _ = key
    assert opened(sealed, opener) == CONTENT
    other = envelope.Opener(identity=envelope.new_identity()[0])
    with pytest.raises(envelope.Unlockable):
        opened(sealed, other)


def test_it_opens_with_its_passphrase_alone(monkeypatch):
    monkeypatch.setattr(passphrase, "WORK", 10)
    sealed = closed(envelope.lock_with("rambu di tepi jalan"))
    assert opened(sealed, envelope.Opener(passphrase="rambu di tepi jalan")) == CONTENT
    with pytest.raises(envelope.Unlockable):
        opened(sealed, envelope.Opener(passphrase="rambu di tepi jurang"))
    with pytest.raises(DomainError, match="dibuka dengan frasa sandi"):
        opened(sealed, envelope.Opener(identity="AGE-SECRET-KEY-1"))


def test_a_passphrase_is_used_as_age_does_it():
    """A header of age's own tests: the key below is theirs. `age -d` opened ours, by hand."""
    key, salt = b"YELLOW SUBMARINE", passphrase._bytes(b"rF0/NwblUHHTpgQgRpe5CQ")
    wrapped = passphrase._bytes(b"gUjEymFKMVXQEKdMMHL24oYexjE3TIC0O0zGSqJ2aUY")
    wrapping = ChaCha20Poly1305(passphrase._wrapping("password", salt, 10))
    assert wrapping.decrypt(bytes(12), wrapped, None) == key
    head = (
        "age-encryption.org/v1\n-> scrypt rF0/NwblUHHTpgQgRpe5CQ 10\n"
        "gUjEymFKMVXQEKdMMHL24oYexjE3TIC0O0zGSqJ2aUY\n---"
    )
    mark = passphrase._mark(key, head.encode())
    assert passphrase._text(mark) == "IOXiQYStkoT1mvZW2tFOqZdhRVvj58egABx/sWfZQbc"


def test_a_passphrase_is_not_short():
    with pytest.raises(DomainError, match="sedikitnya 16 huruf"):
        envelope.lock_with("rahasia")


@pytest.mark.parametrize("text", ["age1tidakada", "", "ssh-ed25519 AAAA"])
def test_nobody_is_a_recipient_by_mistake(text):
    with pytest.raises(DomainError, match="bukan penerima age"):
        envelope.lock_for(text)


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1RUSAK", "catatan belanja"])
def test_a_file_without_a_key_is_said_to_be_one(sealed, text):
    with pytest.raises(DomainError, match="tidak memuat kunci age"):
        opened(sealed, envelope.Opener(identity=text))


def test_every_truncated_copy_is_refused(key, sealed):
    """At every size, also at the borders of what age seals at once; the zeros that end a tar are
    no part of what is sealed."""
    with tarfile.open(fileobj=io.BytesIO(sealed)) as archive:
        member = archive.getmember(envelope.CONTENT)
    end = member.offset_data + member.size
    chunk = 65_536 + 16
    cuts = {0, 1, 511, 512, 1_024, 2_000, end - 1, end - 17, len(sealed) // 2}
    cuts |= {end - member.size + 200 + chunk * n for n in range(3)}
    for cut in sorted(cuts):
        with pytest.raises(envelope.Damaged):
            opened(sealed[:cut], key[0])
    assert opened(sealed[:-700], key[0]) == CONTENT, "control: nothing that is sealed is missing"


def test_every_flipped_bit_of_the_content_is_found(key, sealed):
    with tarfile.open(fileobj=io.BytesIO(sealed)) as archive:
        member = archive.getmember(envelope.CONTENT)
    dice = random.Random(11)
    for _ in range(24):
        bad = bytearray(sealed)
        bad[member.offset_data + dice.randrange(member.size)] ^= 1 << dice.randrange(8)
        with pytest.raises((envelope.Damaged, envelope.Unlockable)):
            opened(bytes(bad), key[0])


@pytest.mark.parametrize("noise", [b"", b"PK\x03\x04" * 300, b"\0" * 5_000])
def test_other_files_are_no_backups(key, noise):
    with pytest.raises(DomainError):
        opened(noise, key[0])


def archive_of(*members: tarfile.TarInfo) -> io.BytesIO:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(b"x" * member.size))
    file.seek(0)
    return file


def member(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname = kind, 1 if kind == tarfile.REGTYPE else 0, "/etc/passwd"
    return info


@pytest.mark.parametrize(
    "bad",
    [
        member("../escaped"),
        member("instance/../../escaped"),
        member("/tmp/escaped"),
        member("instance/link", tarfile.SYMTYPE),
        member("instance/link", tarfile.LNKTYPE),
    ],
    ids=lambda one: one.name,
)
def test_no_member_leaves_the_folder(tmp_path, bad):
    """Whoever knows the recipient can close an envelope around anything."""
    folder = tmp_path / "inside"
    folder.mkdir()
    with pytest.raises(envelope.Damaged):
        contents.unpack(archive_of(bad), folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["inside"]
    contents.unpack(archive_of(member("instance/seal.pem")), folder)
    assert (folder / "instance" / "seal.pem").stat().st_mode & 0o077 == 0
