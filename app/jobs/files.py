"""What a job made for whoever asked, as a file: kept for a day, and then made anew.

Bytes lie in a table of their own, so that nobody who asks how a job is reads them.
"""

from datetime import datetime

import sqlalchemy as sa

from app.core import clock
from app.core.db import changed, db, upsert
from app.jobs.models import Job, JobFile


def keep(job: Job, name: str, mime: str, content: bytes) -> None:
    """Keep the file that a job made, in place of one from an attempt before."""
    values = {"name": name, "mime": mime, "content": content, "made_at": clock.now()}
    insert = upsert(JobFile).values(job_id=job.id, size=len(content), **values)
    new = values | {"size": len(content)}
    db.session.execute(insert.on_conflict_do_update(index_elements=["job_id"], set_=new))


def file_of(job: Job) -> JobFile | None:
    """The file with its bytes, while it is kept."""
    return db.session.get(JobFile, job.id)


def has_file(job: Job) -> bool:
    """Whether its file is there still."""
    return bool(db.session.scalar(sa.select(sa.exists().where(JobFile.job_id == job.id))))


def forget(before: datetime) -> int:
    """Forget the files that were made before a moment."""
    return changed(sa.delete(JobFile).where(JobFile.made_at < before))
