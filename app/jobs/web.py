"""The engine of an application, wired by create_app."""

import socket
from collections.abc import Sequence
from pathlib import Path

from flask import Flask, current_app

from app.jobs import engine as engines
from app.jobs.deeds import Deed
from app.jobs.engine import Engine
from app.jobs.retention import Rule
from app.jobs.retention import deed as retention_deed

#: A random name that the kernel gives itself when it starts.
BOOT = Path("/proc/sys/kernel/random/boot_id")


def install(app: Flask, instance: Path, deeds: Sequence[Deed], rules: Sequence[Rule]) -> None:
    """Tell an application what can be done, and what is forgotten in time."""
    every = (*deeds, retention_deed(rules))
    app.extensions["jobs"] = Engine(app, name_of(instance), instance / engines.FILE, every)
    app.extensions["jobs.rules"] = rules


def name_of(instance: Path) -> str:
    """How the worker of an instance folder is told from those of all other nodes. Machines that
    were cloned share a name and the folder's path, and differ in their boot."""
    boot = BOOT.read_text(encoding="ascii")[:8]
    return f"{socket.gethostname()[:40]}:{boot}:{str(instance)[-60:]}"


def engine() -> Engine:
    found: Engine = current_app.extensions["jobs"]
    return found


def rules() -> Sequence[Rule]:
    found: Sequence[Rule] = current_app.extensions["jobs.rules"]
    return found
