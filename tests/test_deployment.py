"""What an operator copies from deploy/, as it stands there: nginx, the application and PostgreSQL.

Only ports, folders, certificates and the address of the database are other ones. One journey goes
through all three over TLS; then whatever they wrote is searched for what was asked.
"""

import http.client
import json
import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask_migrate import upgrade

from app import config as settings
from app import create_app
from app.config import PROJECT
from app.core.db import db
from tests import databases, people
from tests.servers import LONG, empty_database, free_port, wait_for
from tests.webinars import in_lobby

NAME = "rambu.contoh.go.id"
DEPLOY = PROJECT / "deploy"
#: Asked in every way there is; must be in no file afterwards.
CANARY = "kenari7q"


def replaced(text: str, *changes: tuple[str, str]) -> str:
    """The text with each of these changed; none may be missing."""
    for old, new in changes:
        assert old in text, f"{old} is not in it"
        text = text.replace(old, new)
    return text


class Nginx:
    """The shipped file, in a folder of its own, before one node or several."""

    def __init__(self, folder: Path, *app_ports: str) -> None:
        self.folder, self.port, self.plain = folder, free_port(), free_port()
        #: The code of a session that this installation has, if any.
        self.session = ""
        self.authority = _certificate(folder)
        self.conf = replaced(
            (DEPLOY / "nginx.conf").read_text(encoding="utf-8"),
            ("    listen [::]:80;\n", ""),
            ("    listen [::]:443 ssl http2;\n", ""),
            ("listen 80;", f"listen 127.0.0.1:{self.plain};"),
            ("listen 443 ", f"listen 127.0.0.1:{self.port} "),
            ("server 127.0.0.1:8000 fail_timeout=2s;", _servers(app_ports)),
            ("/etc/ssl/rambu/", f"{folder}/"),
            ("/run/rambu-nginx-", f"{folder}/"),
            ("/var/log/nginx/rambu.log", f"{folder}/access.log"),
        )

    @contextmanager
    def running(self, *changes: tuple[str, str]):
        """With these changes, if any, to what is shipped."""
        (self.folder / "rambu.conf").write_text(replaced(self.conf, *changes), encoding="utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        main = (
            f"{user} daemon off; pid {self.folder}/pid; worker_processes 1;\n"
            f"error_log {self.folder}/main.log;\nworker_rlimit_nofile 40000;\n"
            f"events {{ worker_connections 16000; }}\n"
            f"http {{ access_log {self.folder}/default.log; include {self.folder}/rambu.conf; }}\n"
        )
        (self.folder / "nginx.conf").write_text(main)
        command = [shutil.which("nginx") or "/usr/sbin/nginx", "-p", self.folder]
        process = subprocess.Popen([*command, "-c", self.folder / "nginx.conf"])
        try:
            until = time.monotonic() + LONG
            while time.monotonic() < until:
                assert process.poll() is None, (self.folder / "main.log").read_text()
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                        break
                time.sleep(0.02)
            yield
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(LONG)


def _servers(ports: tuple[str, ...]) -> str:
    return " ".join(f"server 127.0.0.1:{port} fail_timeout=2s;" for port in ports)


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    chain = folder / "fullchain.pem"
    chain.write_bytes(certificate.public_bytes(pem))
    kind, secret = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, kind, secret))
    return chain


class Visitor:
    """Somebody who types the name, over TLS, with a cookie jar of one site."""

    def __init__(self, nginx: Nginx) -> None:
        self.nginx, self.cookies = nginx, {}
        self.tls = ssl.create_default_context(cafile=str(nginx.authority))

    def ask(self, method: str, path: str, form: dict | bytes | None = None, **headers: str):
        """Status, headers and text; a form of bytes says its own type. What is no text is bytes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.nginx.port, timeout=LONG)
        raw = socket.create_connection(("127.0.0.1", self.nginx.port), timeout=LONG)
        connection.sock = self.tls.wrap_socket(raw, server_hostname=NAME)
        said = {"Host": NAME, **{key.replace("_", "-"): value for key, value in headers.items()}}
        if self.cookies:
            said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if form is not None:
            said.setdefault("Content-Type", "application/x-www-form-urlencoded")
            said.setdefault("Referer", f"https://{NAME}{path}")
        body = urlencode(form) if isinstance(form, dict) else form
        connection.request(method, path, body, said)
        answer = connection.getresponse()
        content = answer.read()
        is_text = answer.headers.get_content_maintype() == "text"
        text = content.decode() if is_text else content
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, answer.headers, text

    def send(self, page: str, to: str = "", **fields: str):
        """Open a page, and send the form that is on it; a page that breaks has none."""
        status, headers, text = self.ask("GET", page)
        if status >= 500:
            return status, headers, text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)[1]
        return self.ask("POST", to or page, {"csrf_token": token, **fields})


def shipped_settings() -> dict[str, str]:
    """deploy/rambu.env, and of our own environment what is not Rambu's."""
    said = dict(
        line.split("=", 1)
        for line in (DEPLOY / "rambu.env").read_text(encoding="utf-8").splitlines()
        if "=" in line and not line.startswith("#")
    )
    others = {key: value for key, value in os.environ.items() if not key.startswith("RAMBU_")}
    return others | said


@pytest.fixture
def environ(warm_instance, postgres_url):
    """deploy/rambu.env, and an installation that has the cast."""
    environ = shipped_settings() | warm_instance("served")
    environ |= {"RAMBU_TRAIL_KEY": databases.TRAIL_SECRET}
    environ |= {
        "RAMBU_DATABASE": empty_database(postgres_url),
        "RAMBU_METRICS_PORT": str(free_port()),
        "PORT": str(free_port()),
    }
    app = create_app(settings.from_environment(environ))
    with app.app_context():
        upgrade()
        cast = people.enter(db.session)
        people.account_with_password(db.session, cast.sari.id)
        environ["SESSION"] = in_lobby(cast).code
        db.session.remove()
        db.engine.dispose()
    return environ


def started(environ: dict[str, str], log: Path) -> subprocess.Popen:
    """What the unit starts; systemd's part is in the test of the unit."""
    unit = (DEPLOY / "rambu.service").read_text(encoding="utf-8")
    command = re.search(r"^ExecStart=(.+)$", unit, re.MULTILINE)[1]
    command = command.replace("/srv/rambu", str(PROJECT))
    with log.open("ab") as written:
        return subprocess.Popen(
            shlex.split(command),
            cwd=PROJECT,
            env=environ,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


@contextmanager
def application(environ: dict[str, str], log: Path):
    """The same, from when it is ready until the block ends."""
    process = started(environ, log)
    try:
        wait_for(process, environ["PORT"], "/siap", log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(LONG)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def files_with(word: str, *folders: Path) -> list[str]:
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and word.encode() in path.read_bytes():
                found.append(path.name)
    return sorted(found)


def ask_everything(visitor: Visitor) -> list[int]:
    """The canary in every place that a request has."""
    told = {"Referer": f"https://{NAME}/bolehkah?q={CANARY}", "User_Agent": CANARY}
    statuses = [
        visitor.ask("GET", path, **told)[0]
        for path in (
            f"/bolehkah?q={CANARY}",
            f"/bolehkah?q={CANARY}",
            f"/verifikasi/{CANARY.upper()}",
            f"/{CANARY}",
            f"/periksa?x={CANARY}",
        )
    ]
    text = f"{CANARY} sesuai PP 53 Tahun 2010. " * 5_000
    return [*statuses, visitor.send("/periksa", text=text)[0]]


def test_one_journey_over_tls_and_nothing_asked_is_written_anywhere(environ, tmp_path):
    folder = tmp_path / "nginx"
    folder.mkdir()
    log, instance = folder / "app.log", Path(environ["RAMBU_INSTANCE"])
    nginx = Nginx(folder, environ["PORT"])
    nginx.session = environ["SESSION"]
    with application(environ, log):
        with nginx.running():
            _walk(Visitor(nginx))
            stranger = Visitor(nginx)
            assert ask_everything(stranger) == [200, 200, 404, 404, 200, 200]
            _strangers_share_a_page(Visitor(nginx))
            _phones_share_a_document(Visitor(nginx))
            assert Visitor(nginx).ask("GET", "/siap")[0] == 404
            figures = f"http://127.0.0.1:{environ['RAMBU_METRICS_PORT']}/metrics"
            with urllib.request.urlopen(figures, timeout=LONG) as answer:
                metrics = answer.read().decode()
        _lines_belong_together(folder / "access.log", log)
        with nginx.running(
            ("error_log /dev/null emerg", f"error_log {folder}/said.log warn"),
        ):
            ask_everything(Visitor(nginx))
        said = (folder / "said.log").read_text()
        assert "temporary file" not in said, "a body or an answer lay on a disk"
    assert 'rambu_requests_total{method="GET",place="/bolehkah",status="200"}' in metrics
    assert "rambu_database_up 1.0" in metrics
    with nginx.running():  # nobody is behind it: errors of a request are not quoted either
        assert Visitor(nginx).ask("GET", f"/bolehkah?q={CANARY}")[0] == 502
    assert files_with(CANARY, folder, instance) == []
    assert files_with(CANARY.upper(), folder, instance) == []
    with nginx.running(("error_log /dev/null emerg", f"error_log {folder}/said.log warn")):
        Visitor(nginx).ask("GET", f"/bolehkah?q={CANARY}")
    assert files_with(CANARY, folder, instance) == ["said.log"], "control: it would be found"


def _walk(sari: Visitor) -> None:
    """Sari signs in, begins the course, reads, and leaves."""
    assert sari.ask("GET", "/")[0] == 200
    status, headers, _ = sari.send("/masuk", number="199001012015032001", password=people.PASSWORD)
    assert (status, headers["Location"]) == (303, "/")
    assert headers["Strict-Transport-Security"]
    _, _, home = sari.ask("GET", "/")
    assert "Sari" in home
    status, headers, _ = sari.send("/kursus/netralitas-inti", "/kursus/netralitas-inti/mulai")
    assert status == 303
    status, _, lesson = sari.ask("GET", headers["Location"])
    assert (status, "<h1" in lesson) == (200, True)
    assert sari.send("/akun", "/keluar")[0] == 303
    assert sari.ask("GET", "/akun")[0] in (302, 303)


def _strangers_share_a_page(visitor: Visitor) -> None:
    """The small cache keeps what is the same for all, and nothing else."""
    shared = [visitor.ask("GET", "/aturan")[1]["X-Cache"] for _ in range(2)]
    assert shared == ["MISS", "HIT"]
    asked = [visitor.ask("GET", "/bolehkah?q=cuti")[1]["X-Cache"] for _ in range(2)]
    assert asked == ["BYPASS", "BYPASS"]
    visitor.cookies["somebody"] = "1"
    assert visitor.ask("GET", "/aturan")[1]["X-Cache"] == "BYPASS"


def _phones_share_a_document(phone: Visitor) -> None:
    """All phones get one document, and a message without a ticket reaches Rambu."""
    address = f"/webinar/{phone.nginx.session}/keadaan"
    answers = [phone.ask("GET", address) for _ in range(3)]
    assert {status for status, *_ in answers} == {200}
    etag = answers[0][1]["ETag"]
    assert phone.ask("GET", address, If_None_Match=etag)[0] == 304
    assert phone.ask("GET", "/webinar/ZZZZZZ/keadaan")[0] == 404
    messages = address.replace("keadaan", "jawaban")
    status, _, said = phone.ask("POST", messages, b"{}", X_Tiket="x")
    assert (status, b"Tiket" in said) == (401, True)


def _lines_belong_together(access: Path, log: Path) -> None:
    """A request has one name in both logs, and a place in place of an address."""
    theirs = [json.loads(line) for line in access.read_text().splitlines()]
    ours = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    places = {line["request"]: line["place"] for line in ours if line["logger"] == "rambu.access"}
    both = [
        (line["place"], places[line["request"][:8]])
        for line in theirs
        if line["request"][:8] in places
    ]
    assert ("/verifikasi", "/verifikasi/<code>") in both
    assert ("/bolehkah", "/bolehkah") in both
    assert len(both) > 15


def test_the_units_leave_little_open():
    """As systemd itself rates it: 0 is shut, 10 is open. The house wants 3 at most."""
    for unit in ("rambu.service", "rambu-backup.service"):
        command = ["systemd-analyze", "security", "--offline=true", str(DEPLOY / unit)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert float(re.search(r"exposure level for \S+: ([\d.]+)", said)[1]) <= 3.0, said


def test_a_unit_without_its_locks_would_be_rated_open(tmp_path):
    """Control."""
    text = (DEPLOY / "rambu.service").read_text(encoding="utf-8")
    bare = tmp_path / "rambu.service"
    kept = [line for line in text.splitlines() if not line.startswith(("Pr", "Restrict"))]
    bare.write_text("\n".join(kept))
    command = ["systemd-analyze", "security", "--offline=true", str(bare)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert float(re.search(r"exposure level for \S+: ([\d.]+)", said)[1]) > 3.0


def test_the_shipped_settings_are_settings():
    """Each name in rambu.env is one that Rambu knows, and none is a secret."""
    text = (DEPLOY / "rambu.env").read_text(encoding="utf-8")
    names = set(re.findall(r"^RAMBU_([A-Z_]+)=", text, re.MULTILINE))
    assert names <= set(settings.Config.__dataclass_fields__)
    assert not {name for name in names if name.endswith("_KEY")}
