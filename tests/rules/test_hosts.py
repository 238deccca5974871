"""Which names a request may call us by."""

import pytest

from app.core.hosts import Hosts

PUBLIC = Hosts("https://Rambu.contoh.go.id")
LOCAL = Hosts("http://127.0.0.1:8000")


@pytest.mark.parametrize(
    "host",
    [
        "rambu.contoh.go.id",
        "RAMBU.contoh.go.id",
        "rambu.contoh.go.id.",
        "rambu.contoh.go.id:443",
    ],
)
def test_our_own_name_is_known_however_it_is_written(host):
    assert PUBLIC.is_ours(host)


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "jahat.id",
        "rambu.contoh.go.id.jahat.id",
        "jahat.id#rambu.contoh.go.id",
        "jahat.id@rambu.contoh.go.id",
        "rambu.contoh.go.id@jahat.id",
        "rambu.contoh.go.id:80",
        "rambu.contoh.go.id:443:443",
        "rambu.contoh.go.id:",
        "rambu.contoh.go.id,jahat.id",
        "rambu.contoh.go.id, rambu.contoh.go.id",
        "rambu.contoh.go.id/..",
        " rambu.contoh.go.id",
        "rambu.contoh.go.id..",
        "127.0.0.1",
        "localhost:8000",
        "[::1]",
        "\x00",
        "r\u0430mbu.contoh.go.id",
    ],
)
def test_any_other_name_is_not_ours(host):
    assert not PUBLIC.is_ours(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:9", "[::1]:8000"])
def test_on_one_machine_every_name_of_it_is_ours(host):
    assert LOCAL.is_ours(host)
    assert LOCAL.is_loopback(host)
    assert PUBLIC.is_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1.jahat.id", "jahat.id", "[::1]x", "127.0.0.1:8000:1"])
def test_no_other_machine_is_this_one(host):
    assert not LOCAL.is_ours(host)
    assert not LOCAL.is_loopback(host)


def test_a_port_of_the_address_must_be_named_rightly_or_not_at_all():
    """nginx leaves it out of `$host`."""
    odd = Hosts("https://rambu.contoh.go.id:8443")
    assert odd.is_ours("rambu.contoh.go.id:8443")
    assert odd.is_ours("rambu.contoh.go.id")
    assert not odd.is_ours("rambu.contoh.go.id:443")
