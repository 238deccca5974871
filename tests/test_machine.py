"""Setting up works behind an office's TLS inspection: uv trusts whom the machine trusts."""

import datetime
import ipaddress
import os
import re
import ssl
import subprocess
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.config import PROJECT

TRUST = {"PIP_CERT", "SSL_CERT_FILE", "SSL_CERT_DIR"}


def certificate(name, key, issuer_name, issuer_key, *, is_authority):
    today = datetime.datetime.now(datetime.UTC)
    called = lambda text: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])  # noqa: E731
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    return (
        x509.CertificateBuilder()
        .subject_name(called(name))
        .issuer_name(called(issuer_name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(issuer_key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )


@pytest.fixture
def office(tmp_path):
    """An index of packages whose certificate only the office's own authority vouches for."""
    ours, theirs = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority, pair = tmp_path / "office.pem", tmp_path / "server.pem"
    authority.write_bytes(certificate("Kantor", ours, "Kantor", ours, is_authority=True))
    key = theirs.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pair.write_bytes(certificate("Server", theirs, "Kantor", ours, is_authority=False) + key)
    asked: list[str] = []

    class Index(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            """Say nothing."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    with HTTPServer(("127.0.0.1", 0), Index) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"https://127.0.0.1:{server.server_port}/simple", authority, asked
        server.shutdown()


def ask(index, tmp_path, **trusted):
    """What uv says when it looks for a package there."""
    environ = {name: value for name, value in os.environ.items() if name not in TRUST}
    environ |= {"UV_DEFAULT_INDEX": index, "UV_CACHE_DIR": str(tmp_path / "cache")} | trusted
    command = [".ci/uv", "pip", "compile", "-", "--no-config"]
    return subprocess.run(
        command,
        input="paket-kantor",
        env=environ | {"UV_HTTP_RETRIES": "0"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
    ).stderr


@pytest.mark.parametrize("name", ["PIP_CERT", "SSL_CERT_FILE"])
def test_uv_trusts_the_authority_that_the_office_gave_to_pip(office, tmp_path, name):
    index, authority, asked = office
    said = ask(index, tmp_path, **{name: str(authority)})
    assert "/simple/paket-kantor/" in asked, said


def test_uv_talks_to_nobody_whom_the_machine_does_not_trust(office, tmp_path):
    """Control: without the authority the index is refused."""
    index, _, asked = office
    assert "certificate" in ask(index, tmp_path)
    assert not asked


def test_every_call_of_uv_takes_the_machine_s_authorities_along():
    """The machine's store itself cannot be changed here; `make fresh` runs in one that was."""
    assert "UV_SYSTEM_CERTS=true exec .venv/bin/uv" in (PROJECT / ".ci" / "uv").read_text()
    scripts = [path for path in (PROJECT / ".ci").iterdir() if path.is_file()]
    for path in [PROJECT / "Makefile", *scripts]:
        calls = re.findall(r"(\S*uv) pip ", path.read_text(encoding="utf-8"))
        assert {call.removeprefix("@") for call in calls} <= {".ci/uv"}, path
