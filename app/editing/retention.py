"""How long the words of strangers are kept."""

from app.catalog.web import current
from app.editing import operations
from app.jobs.retention import Rule


def forget_installed() -> int:
    """What the content that runs has taken over."""
    return operations.forget_installed(current())


RULES = (
    Rule("questions", f"pertanyaan orang ({operations.KEPT_DAYS} hari)", operations.forget_old),
    Rule("installed", "pertanyaan yang sudah menjadi bagian isi", forget_installed),
)
