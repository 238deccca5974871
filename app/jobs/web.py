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


def install(app: Flask, instance: Path, deeds: Sequence[Deed], rules: Sequence[Rule]) -> None:
    """Tell an application what can be done, and what is forgotten in time."""
    worker = f"{socket.gethostname()[:40]}:{instance}"[-120:]
    every = (*deeds, retention_deed(rules))
    app.extensions["jobs"] = Engine(app, worker, instance / engines.FILE, every)
    app.extensions["jobs.rules"] = rules


def engine() -> Engine:
    found: Engine = current_app.extensions["jobs"]
    return found


def rules() -> Sequence[Rule]:
    found: Sequence[Rule] = current_app.extensions["jobs.rules"]
    return found
