"""Figures for Prometheus, on a port of their own that only this machine can reach.

Workers count into files that they share (prometheus_client's way for many processes); the process
that started them reads them all, and asks about disk, database, seal and backup when it is asked.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request

from app.core import logs

if TYPE_CHECKING:
    from prometheus_client import Metric

#: In the instance folder. What stands in it is of one run.
FOLDER = "metrics"
HOST = "127.0.0.1"
#: Seconds. A page has 0.3 (`/sehat` under attack), a sealed document two.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 2, 5, 10)
#: What is asked anew each time: name, explanation, and how it is known (None: it is not).
Gauge = tuple[str, str, Callable[[], float | None]]


def begin(app: Flask, instance: Path, port: int, gauges: Iterable[Gauge]) -> None:
    """Count the requests of this application, and of its forks, and answer on `port`.

    Raises OSError where the port is taken.
    """
    folder = instance / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # read when the library is first imported
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    app.extensions["observers"].append(_counter())
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has none there
    registry.register(_Asked(list(gauges)))
    start_http_server(port, addr=HOST, registry=registry)


def _counter() -> Callable[[Response], None]:
    from prometheus_client import Counter, Histogram

    requests = Counter("rambu_requests", "Requests answered.", ["method", "place", "status"])
    seconds = Histogram("rambu_request_seconds", "How long it took.", ["place"], buckets=BUCKETS)

    def count(response: Response) -> None:
        place = logs.place()
        method = request.method if request.url_rule else logs.NOWHERE
        requests.labels(method, place, str(response.status_code)).inc()
        seconds.labels(place).observe(time.perf_counter() - g.began)

    return count


class _Asked:
    """A collector, in the sense of Prometheus' library."""

    def __init__(self, gauges: list[Gauge]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterable["Metric"]:
        from prometheus_client.core import GaugeMetricFamily

        for name, explanation, ask in self._gauges:
            value = ask()
            if value is not None:
                yield GaugeMetricFamily(name, explanation, value=value)
