"""The worker's part of backups: it makes none, and once a day says whether somebody did."""

import logging

from flask import current_app

from app.backups import latest
from app.core.db import Json
from app.jobs.deeds import Deed, Work

logger = logging.getLogger(__name__)


def _look(_work: Work) -> Json:
    said = latest.complaint(current_app.config["RAMBU"].INSTANCE)
    if said:
        logger.warning(said)
    return {"found": said}


AGE = Deed("backups.age", "lihat umur cadangan", _look, is_daily=True)
