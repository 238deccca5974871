"""What a monitor wants to know of an installation, beside what its pages cost."""

import shutil

from flask import Flask

from app.backups import latest
from app.config import Config
from app.core import clock, pulse
from app.core.db import db
from app.core.metrics import Gauge
from app.sealing import pki


def gauges_of(app: Flask) -> list[Gauge]:
    config: Config = app.config["RAMBU"]

    def database_up() -> float:
        with app.app_context():
            return float(pulse.answers(db.engine))

    def free_bytes() -> float:
        return float(shutil.disk_usage(config.INSTANCE).free)

    def backup_age() -> float | None:
        made = latest.latest(config.INSTANCE)
        return (clock.now() - made.at).total_seconds() if made else None

    def seal_ends() -> float | None:
        try:
            keys = pki.load(config.KEYS / pki.FOLDER)
        except pki.KeyTrouble:
            return None
        return keys.certificate.not_valid_after_utc.timestamp()

    return [
        ("rambu_database_up", "Whether the database answers.", database_up),
        ("rambu_disk_free_bytes", "On the disk of the instance folder.", free_bytes),
        ("rambu_backup_age_seconds", "Since the last backup on this node.", backup_age),
        ("rambu_seal_ends_timestamp_seconds", "When the seal ends.", seal_ends),
    ]
