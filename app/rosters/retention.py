"""Files of people that nobody applied within a day are forgotten, bytes and all that was read."""

from app.config import Config
from app.jobs.retention import Rule
from app.rosters import uploading


def rules(_config: Config) -> list[Rule]:
    return [
        Rule(
            "roster_uploads", "berkas pegawai yang tidak diterapkan (1 hari)", uploading.forget_old
        )
    ]
