"""What a shell sees of `flask content`: once through the real command line."""

import subprocess
import sys

from app.config import PROJECT


def test_a_shell_can_rely_on_it(warm_instance):
    """Pipes, exit code and streams."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "content", "stale", "-"],
        input=b"Pengumuman.\n\nLapor ke KASN.\n",
        capture_output=True,
        cwd=PROJECT,
        env=warm_instance() | {"PATH": "", "LANG": "C.UTF-8"},
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.decode().startswith("-:3: KASN: ")
