"""A bad setting keeps Rambu from starting, in one sentence that names the culprit."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from app import config
from app.config import BadSetting, from_environment

GOOD_KEY = "mMpn0FGcZ4Zk8q2vJ1sLr7Yx3TtUaBdE"


def settings(tmp_path, **given):
    environ = {"RAMBU_INSTANCE": str(tmp_path / "instance")}
    return from_environment(environ | {f"RAMBU_{name}": value for name, value in given.items()})


def test_the_first_start_makes_private_files_and_a_strong_key(tmp_path):
    made = settings(tmp_path)
    key = made.INSTANCE / "secret.key"
    assert len(made.SECRET_KEY) >= 32
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.INSTANCE.stat().st_mode) == 0o700
    assert stat.S_IMODE((made.INSTANCE / "rambu.db").stat().st_mode) == 0o600
    assert settings(tmp_path).SECRET_KEY == made.SECRET_KEY


def test_workers_that_start_together_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(32) as workers:
        made = set(workers.map(lambda _: settings(tmp_path).SECRET_KEY, range(200)))
    assert len(made) == 1
    assert {path.name for path in (tmp_path / "instance").iterdir()} == {
        "rambu.db",
        "secret.key",
        "trail.key",
    }


@pytest.mark.parametrize("name", ["secret.key", "trail.key"])
def test_a_key_that_others_can_read_is_refused(tmp_path, name):
    (settings(tmp_path).INSTANCE / name).chmod(0o644)
    with pytest.raises(BadSetting, match=f"{name} dapat dibaca orang lain"):
        settings(tmp_path)


def test_nodes_share_the_key_of_the_trail_by_a_setting(tmp_path):
    file = tmp_path / "shared.key"
    file.write_text(GOOD_KEY)
    made = settings(tmp_path, TRAIL_KEY_FILE=str(file))
    assert made.TRAIL_KEY == GOOD_KEY
    assert not (made.INSTANCE / "trail.key").exists()


def test_nodes_share_a_folder_of_keys_and_nothing_else(tmp_path):
    shared = tmp_path / "keys"
    one, other = (
        from_environment({"RAMBU_INSTANCE": str(tmp_path / name), "RAMBU_KEYS": str(shared)})
        for name in ("one", "other")
    )
    assert (one.SECRET_KEY, one.TRAIL_KEY) == (other.SECRET_KEY, other.TRAIL_KEY)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o700
    assert {path.name for path in one.INSTANCE.iterdir()} == {"rambu.db"}
    alone = settings(tmp_path)
    assert alone.KEYS == alone.INSTANCE
    assert alone.SECRET_KEY != one.SECRET_KEY  # control


@pytest.mark.parametrize(
    ("given", "culprit"),
    [
        ({"SECRET_KYE": GOOD_KEY}, "RAMBU_SECRET_KYE"),
        ({"SECRET_KEY": "secret"}, "RAMBU_SECRET_KEY terlalu lemah"),
        ({"SECRET_KEY": "a" * 64}, "RAMBU_SECRET_KEY terlalu lemah"),
        ({"TRAIL_KEY": "trail"}, "RAMBU_TRAIL_KEY terlalu lemah"),
        ({"SECRET_KEY": "change-me"}, "RAMBU_SECRET_KEY terlalu lemah"),
        ({"DATABASE": "mysql://root@db/rambu"}, "RAMBU_DATABASE"),
        ({"DATABASE": "rambu.db"}, "RAMBU_DATABASE"),
        ({"PUBLIC_URL": "rambu.contoh.go.id"}, "RAMBU_PUBLIC_URL"),
        ({"PUBLIC_URL": "https://rambu.contoh.go.id/sub"}, "RAMBU_PUBLIC_URL"),
        ({"PUBLIC_URL": "http://rambu.contoh.go.id"}, "harus https"),
        ({"PUBLIC_URL": "https://rambu.contoh.go.id"}, "RAMBU_PROXIES"),
        ({"PUBLIC_URL": "https://rambu.contoh.go.id", "PROXIES": "0"}, "RAMBU_PROXIES"),
        ({"PUBLIC_URL": "https://rambu.contoh.go.id", "PROXIES": ""}, "RAMBU_PROXIES"),
        ({"PROXIES": "None of them"}, "RAMBU_PROXIES"),
        ({"PROXIES": "-1"}, "RAMBU_PROXIES"),
        ({"PROXIES": "satu"}, "RAMBU_PROXIES"),
        ({"LOG": "xml"}, "RAMBU_LOG"),
        ({"METRICS_PORT": "70000"}, "RAMBU_METRICS_PORT"),
        ({"IDLE_MINUTES": "1e3"}, "RAMBU_IDLE_MINUTES"),
        ({"PUBLIC_URL": "http://["}, "RAMBU_PUBLIC_URL"),
        ({"PUBLIC_URL": "https://rambu.contoh.go.id?a=1"}, "RAMBU_PUBLIC_URL"),
        ({"PUBLIC_URL": "https://nama:sandi@rambu.contoh.go.id"}, "RAMBU_PUBLIC_URL"),
        ({"PUBLIC_URL": "https://rambu.contoh.go.id:99999"}, "RAMBU_PUBLIC_URL"),
        ({"DATABASE": "sqlite:///"}, "RAMBU_DATABASE"),
        ({"DATABASE": "postgresql+psycopg://u@localhost:abc/rambu"}, "RAMBU_DATABASE"),
        ({"DATABASE": "sqlite:////tidak/ada/rambu.db"}, "RAMBU_DATABASE"),
        ({"INSTANCE": "/dev/null/rambu"}, "RAMBU_INSTANCE"),
        ({"KEYS": "/dev/null/rambu"}, "RAMBU_KEYS"),
        ({"IDLE_MINUTES": "0"}, "RAMBU_IDLE_MINUTES"),
        ({"ACTIVATION_DAYS": "99999999999"}, "RAMBU_ACTIVATION_DAYS"),
        ({"SESSION_HOURS": "9" * 5000}, "RAMBU_SESSION_HOURS"),
        ({"SECURITY_CONTACT": ""}, "RAMBU_SECURITY_CONTACT"),
        ({"SECURITY_CONTACT": "keamanan@contoh.go.id"}, "RAMBU_SECURITY_CONTACT"),
        ({"SECURITY_CONTACT": "http://contoh.go.id/lapor"}, "RAMBU_SECURITY_CONTACT"),
        ({"SECURITY_CONTACT": "mailto:a@b.id\nExpires: 1999"}, "RAMBU_SECURITY_CONTACT"),
        ({"SECURITY_CONTACT": "https://contoh.go.id/\r"}, "RAMBU_SECURITY_CONTACT"),
        ({"SECRET_KEY_FILE": "/tidak/ada"}, "RAMBU_SECRET_KEY_FILE"),
    ],
)
def test_a_bad_setting_is_named(tmp_path, given, culprit):
    with pytest.raises(BadSetting, match=culprit):
        settings(tmp_path, **given)


@pytest.mark.parametrize(
    "contact", ["mailto:keamanan@contoh.go.id", "https://contoh.go.id/lapor?untuk=rambu"]
)
def test_whoever_finds_a_weakness_may_be_told_whom_to_tell(tmp_path, contact):
    given = settings(tmp_path, SECURITY_CONTACT=contact)
    assert contact == given.SECURITY_CONTACT
    assert not settings(tmp_path).SECURITY_CONTACT


def test_a_setting_may_come_from_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{GOOD_KEY}\n")
    assert settings(tmp_path, SECRET_KEY_FILE=str(file)).SECRET_KEY == GOOD_KEY


def test_other_programs_variables_are_none_of_our_business(tmp_path):
    assert from_environment({"RAMBU_INSTANCE": str(tmp_path), "PATH": "/bin", "SECRET_KEY": "x"})


def test_cookies_are_bound_to_https_outside_this_machine(tmp_path):
    assert not settings(tmp_path, PUBLIC_URL="https://rambu.contoh.go.id", PROXIES="1").is_local
    assert settings(tmp_path, PUBLIC_URL="http://127.0.0.1:9000").is_local


def test_behind_https_an_operator_says_how_many_proxies_stand_in_front(tmp_path):
    """Forgotten, a whole region would be one network: of the proxy."""
    public = {"PUBLIC_URL": "https://rambu.contoh.go.id"}
    assert settings(tmp_path, **public, PROXIES="2").PROXIES == 2
    assert settings(tmp_path, **public, PROXIES="none").PROXIES == 0
    assert settings(tmp_path).PROXIES == 0, "on this machine there is none"
    with pytest.raises(BadSetting) as refusal:
        settings(tmp_path, **public)
    assert "RAMBU_PROXIES=none" in str(refusal.value)
    assert "RAMBU_PROXIES=1" in str(refusal.value)


def test_an_old_sqlite_is_refused_because_wal_loses_data_there(monkeypatch):
    import pysqlite3.dbapi2 as driver

    assert config.sqlite_module() is driver
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setattr(driver, "sqlite_version", "3.40.1")
    with pytest.raises(BadSetting, match=r"3\.40\.1 kehilangan data dalam WAL"):
        config.sqlite_module()
