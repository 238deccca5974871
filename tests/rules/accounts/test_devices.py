"""Devices in words, networks by prefix, and addresses that stay on this site."""

import pytest

from app.accounts.devices import label_of, network_of
from app.accounts.local import local_path

PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36"
IN_APP = "Mozilla/5.0 (Linux; Android 13; SM-A135F; wv) Version/4.0 Chrome/131.0"


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (f"{PHONE} Chrome/131.0 Mobile Safari/537.36", "Chrome di Android"),
        (f"{PHONE} SamsungBrowser/27.0 Chrome/125.0", "Samsung Internet di Android"),
        (f"{IN_APP} WhatsApp/2.24", "WhatsApp di Android"),
        (IN_APP, "Peramban dalam aplikasi di Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131 Safari/537.36 Edg/131", "Edge di Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Firefox/133.0", "Firefox di Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Mobile Safari/604", "Safari di iPhone"),
        ("<script>alert(1)</script>", "Peramban di perangkat lain"),
        ("", "Peramban di perangkat lain"),
    ],
)
def test_a_device_has_a_short_name(user_agent, label):
    assert label_of(user_agent) == label
    assert len(label) <= 80


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", "tidak diketahui"),
        (None, "tidak diketahui"),
        ("bukan alamat", "tidak diketahui"),
    ],
)
def test_a_network_is_named_by_its_prefix(address, network):
    assert network_of(address) == network


@pytest.mark.parametrize(
    "path", ["/", "/kursus", "/percobaan/17/soal/3?x=1#y", "/a//b", "/%2F%2Fb"]
)
def test_a_local_path_stays(path):
    assert local_path(path) == path


@pytest.mark.parametrize("text", [None, "", "//a", "/\\a", "a", "https://a", "/a\x00", "/" * 3000])
def test_anything_else_becomes_the_front_page(text):
    assert local_path(text) == "/"
