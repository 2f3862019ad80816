"""Numbers for Prometheus (see docs/operating.md). Labels are names from the code: no users, no channels, no texts."""

from collections.abc import Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from alliance.delivery import State

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
ANSWER_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
"""Slack waits three seconds for an answer."""

TICK_SECONDS: Final = (0.001, 0.01, 0.1, 0.5, 1, 5, 30, 120)


class Metrics:
    """The numbers of one process, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        registry = self._registry
        ProcessCollector(registry=registry)
        self._deliveries = Gauge(
            "alliance_deliveries", "Deliveries in the ledger, without those sent", ["state", "kind"], registry=registry
        )
        self._lag = Gauge("alliance_due_lag_seconds", "For how long the oldest due delivery waits", registry=registry)
        self._paused = Gauge("alliance_sending_paused", "1 while the secretariat pauses sending", registry=registry)
        self._attempts = Counter(
            "alliance_delivery_attempts", "Posts tried by this process", ["kind", "outcome"], registry=registry
        )
        self._ticks = Histogram(
            "alliance_job_seconds", "Time of a run of regular work", ["job"], buckets=TICK_SECONDS, registry=registry
        )
        self._failed_jobs = Counter(
            "alliance_job_failures", "Runs of regular work that ended with an error", ["job"], registry=registry
        )
        self._requests = Counter(
            "alliance_requests", "What members asked", ["kind", "subject", "outcome"], registry=registry
        )
        self._answers = Histogram(
            "alliance_answer_seconds", "Time to an answer", ["kind"], buckets=ANSWER_SECONDS, registry=registry
        )
        self._calls = Counter("alliance_slack_calls", "Calls to Slack", ["method", "outcome"], registry=registry)
        self._limited = Counter(
            "alliance_slack_rate_limited", "Calls to which Slack said 429", ["method"], registry=registry
        )

    def answered(self, kind: str, subject: str, outcome: str, seconds: float) -> None:
        """A request of a member was answered."""
        self._requests.labels(kind, subject, outcome).inc()
        self._answers.labels(kind).observe(seconds)

    def attempted(self, kind: str, outcome: str) -> None:
        """A post was tried."""
        self._attempts.labels(kind, outcome).inc()

    def called(self, method: str, outcome: str) -> None:
        """Slack was called; `outcome` is "ok", Slack's error code or "unreachable"."""
        self._calls.labels(method, outcome).inc()
        if outcome in ("ratelimited", "http_429"):
            self._limited.labels(method).inc()

    def ran(self, job: str, seconds: float, *, failed: bool) -> None:
        """Regular work ran."""
        self._ticks.labels(job).observe(seconds)
        if failed:
            self._failed_jobs.labels(job).inc()

    def ledger(self, counts: Mapping[tuple[State, str], int], lag: float, *, paused: bool) -> None:
        """What the ledger holds at this moment; `lag` in seconds."""
        self._deliveries.clear()
        for (state, kind), count in counts.items():
            self._deliveries.labels(state.value, kind).set(count)
        self._lag.set(lag)
        self._paused.set(int(paused))

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)
