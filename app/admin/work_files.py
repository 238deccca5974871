"""/pekerjaan/…/berkas: the file that somebody's work in the background has made."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.accounts.access import Role, current_person, open_to
from app.core.errors import NotFound
from app.core.web import attachment
from app.jobs import files
from app.jobs.queries import job_of

bp = Blueprint("work_files", __name__)


@bp.get("/pekerjaan/<int:job_id>/berkas")
@open_to(Role.LEARNER)
def file(job_id: int) -> ResponseReturnValue:
    """For whoever asked, while it is kept. Anybody else's work does not exist."""
    made = files.file_of(job_of(current_person().id, job_id))
    if made is None:
        raise NotFound
    return attachment(made.content, made.mime, made.name)
