"""How long the words of strangers are kept."""

from app.catalog.web import current
from app.config import Config
from app.editing import operations
from app.jobs.retention import Rule


def forget_installed() -> int:
    """What the content that runs has taken over."""
    return operations.forget_installed(current())


def rules(config: Config) -> list[Rule]:
    label = f"pertanyaan orang ({config.KEEP_QUESTIONS} hari)"
    return [
        Rule("questions", label, operations.forget_old),
        Rule("installed", "pertanyaan yang sudah menjadi bagian isi", forget_installed),
    ]
