"""Counts for the operator in Prometheus' text format; nothing in them tells of a person."""

from collections import Counter
from dataclasses import dataclass, field

# https://prometheus.io/docs/instrumenting/exposition_formats/
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
HELP = {
    "candor_messages_total": ("Messages from patients that were kept.", ("channel",)),
    "candor_whatsapp_deliveries_total": ("What became of messages on WhatsApp.", ("state",)),
    "candor_bookings_total": ("Clicks on a booking link.", ("counted",)),
    "candor_booking_notices_total": (
        "What booking providers told: with or without a conversation, repeated, ignored.",
        ("provider", "conversation"),
    ),
    "candor_feedback_total": ("Ratings of answers.", ("helpful", "reason")),
    "candor_refusals_total": ("Messages and requests that were refused.", ("code",)),
    "candor_requests_total": ("Requests that were answered.", ("route", "method", "status")),
}
SECONDS = "candor_request_seconds"


@dataclass(slots=True)
class Metrics:
    """What this process has counted since it started."""

    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=lambda: [0.0] * (len(BUCKETS) + 1))
    total_seconds: float = 0.0

    def count(self, name: str, *labels: str) -> None:
        """Count one more under these labels, in the order of HELP."""
        self.counts[(name, *labels)] += 1

    def took(self, seconds: float) -> None:
        """Note how long a request took."""
        place = next((i for i, most in enumerate(BUCKETS) if seconds <= most), len(BUCKETS))
        self.seconds[place] += 1
        self.total_seconds += seconds

    def text(self, open_widgets: int) -> str:
        """Return everything as the text that Prometheus reads."""
        lines: list[str] = []
        for name, (about, labels) in HELP.items():
            lines += [f"# HELP {name} {about}", f"# TYPE {name} counter"]
            for (counted, *values), number in sorted(self.counts.items()):
                if counted == name:
                    lines.append(f"{name}{_labels(labels, values)} {number}")
        lines += ["# HELP candor_open_widgets Widgets connected now."]
        lines += ["# TYPE candor_open_widgets gauge", f"candor_open_widgets {open_widgets}"]
        return "\n".join([*lines, *self._histogram(), ""])

    def _histogram(self) -> list[str]:
        lines = [f"# HELP {SECONDS} Time to answer a request.", f"# TYPE {SECONDS} histogram"]
        below = 0.0
        for most, number in zip((*BUCKETS, "+Inf"), self.seconds, strict=True):
            below += number
            lines.append(f'{SECONDS}_bucket{{le="{most}"}} {below:.0f}')
        return [*lines, f"{SECONDS}_sum {self.total_seconds:.4f}", f"{SECONDS}_count {below:.0f}"]


def _labels(names: tuple[str, ...], values: list[str]) -> str:
    pairs = (f'{name}="{_quoted(value)}"' for name, value in zip(names, values, strict=True))
    return "{" + ",".join(pairs) + "}"


def _quoted(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
