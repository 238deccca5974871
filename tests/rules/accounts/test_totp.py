"""Codes of authenticator apps: those of the standard, one step of drift, and nothing else."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from app.accounts import totp

NOW = datetime(2026, 11, 30, 6, 0, 10, tzinfo=UTC)
#: The secret of RFC 6238, appendix B ("12345678901234567890").
RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(at, code):
    assert totp.code_at(RFC, datetime.fromtimestamp(at, UTC)) == code


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_phone_may_be_one_step_fast_or_slow(steps):
    code = totp.code_at(RFC, NOW + steps * timedelta(seconds=totp.STEP))
    assert totp.step_of(RFC, code, NOW) == int(NOW.timestamp()) // totp.STEP + steps


@pytest.mark.parametrize("off", [timedelta(seconds=61), timedelta(seconds=-61), timedelta(days=1)])
def test_a_phone_that_is_further_off_is_refused(off):
    assert totp.step_of(RFC, totp.code_at(RFC, NOW + off), NOW) is None


@pytest.mark.parametrize("written", ["{} {}", "{}-{}", " {}{}\u00a0"])
def test_a_code_may_be_written_in_two_groups(written):
    code = totp.code_at(RFC, NOW)
    assert totp.step_of(RFC, written.format(code[:3], code[3:]), NOW)


@pytest.mark.parametrize("text", ["", "12345", "1234567", "abcdef", "１２３４５６", "\0" * 6])
def test_what_is_no_code_is_refused(text):
    assert totp.step_of(RFC, text, NOW) is None


def test_secrets_have_160_bits_and_are_never_the_same():
    secrets = {totp.new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(one) * 5 for one in secrets} == {160}


def test_the_address_names_issuer_and_person():
    address = urlsplit(totp.address(RFC, name="Dewi Anggraini", issuer="Rambu BKPSDM"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert parse_qs(address.query) == {"secret": [RFC], "issuer": ["Rambu BKPSDM"]}
    assert "Dewi%20Anggraini" in address.path
    assert totp.grouped(RFC).split(" ")[:2] == ["GEZD", "GNBV"]
