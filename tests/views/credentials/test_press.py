"""The engines of the press: nobody waits for them at a start, and they are loaded only once."""

import subprocess
import sys

from app.config import PROJECT

COUNTED = """
import sys, threading
from pathlib import Path
from app import create_app
from app.credentials.press import Press

assert "weasyprint" not in sys.modules, "the application alone loads the engines"
from app.printing import rendering

sealer = []
class Lock:
    def __enter__(self): sealer.append("app.sealing.seal" in sys.modules)
    def __exit__(self, *_): sealer.append("app.sealing.seal" in sys.modules)

rendering.ONE_AT_A_TIME = Lock()
press = Press(Path("."), "https://rambu.example.go.id")
press.warm_up()
press.warm_up()
(thread,) = [one for one in threading.enumerate() if one.name == "press"]
thread.join()
assert rendering.engine.cache_info().currsize == 1
assert sealer == [False, True], "a child may be forked amid the import"
assert {"weasyprint", "pyhanko"} <= sys.modules.keys()
print("warm")
"""


def test_warming_up_loads_everything_once_beside_whoever_asks():
    """In a process of its own: this one may have loaded them long ago."""
    run = [sys.executable, "-c", COUNTED]
    done = subprocess.run(run, cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("warm\n", "")
