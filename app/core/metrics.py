"""What Prometheus reads at /metrics; one registry for each app, never a shared one."""

from functools import cached_property

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of a request's duration, in seconds."""


class Metrics:
    """Figures of one app: requests by method, route template and status, and the process's."""

    def __init__(self) -> None:
        """Start from zero; others may add their own collectors to `registry`."""
        self.registry = CollectorRegistry()
        self._series: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)

    def request_ended(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; `route` is the template, so that ids don't become series."""
        series = self._series.get((method, route, status))
        if series is None:
            series = self._new_series(method, route, status)
        counter, histogram = series
        counter.inc()
        histogram.observe(seconds)

    def render(self) -> bytes:
        """The figures in Prometheus's text format (`CONTENT_TYPE`)."""
        return generate_latest(self.registry)

    def _new_series(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        label = method if method in METHODS else "OTHER"
        series = (
            self._requests.labels(label, route, str(status)),
            self._seconds.labels(label, route),
        )
        if label == method:
            self._series[method, route, status] = series
        return series

    @cached_property
    def _requests(self) -> Counter:
        return Counter(
            "http_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=self.registry,
        )

    @cached_property
    def _seconds(self) -> Histogram:
        return Histogram(
            "http_request_duration_seconds",
            "From the first byte of a request to the last byte of its answer.",
            ["method", "route"],
            buckets=BUCKETS,
            registry=self.registry,
        )
