"""Loads a trained model with Rasa and prints, as JSON, how well and how fast it understands.

Runs in the environment that is measured: `python measure.py MODEL HELD_OUT`.
"""

import time

BEGAN = time.perf_counter()

import asyncio
import json
import os
import resource
import sys
import warnings
from pathlib import Path

WARM_UP = 20


def memory_mb() -> float:
    """Return the memory that the process holds now, or its peak where that isn't known."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def percentile(numbers: list, share: float) -> float:
    """Return the number that this share of the numbers doesn't exceed."""
    return sorted(numbers)[min(len(numbers) - 1, int(share * len(numbers)))]


async def measure(model: str, held_out: list) -> dict:
    """Return the figures of one model."""
    from rasa.core.agent import load_agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog()
    agent = await load_agent(model)
    loaded = time.perf_counter() - BEGAN
    for text, _ in held_out[:WARM_UP]:
        await agent.parse_message(text)
    right, rejected, seconds = 0, 0, []
    for text, intent in held_out:
        began = time.perf_counter()
        parsed = await agent.parse_message(text)
        seconds.append(time.perf_counter() - began)
        ranking = [r["name"] for r in parsed["intent_ranking"] if r["name"] != "nlu_fallback"]
        right += ranking[0] == intent
        rejected += parsed["intent"]["name"] == "nlu_fallback"
    return {
        "accuracy_percent": 100 * right / len(held_out),
        "rejected_percent": 100 * rejected / len(held_out),
        "load_seconds": loaded,
        "parse_p50_ms": 1000 * percentile(seconds, 0.5),
        "parse_p95_ms": 1000 * percentile(seconds, 0.95),
        "memory_mb": memory_mb(),
        "model_mb": os.path.getsize(model) / 2**20,
    }


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    sys.path.insert(0, os.getcwd())  # as the `rasa` command does, for components of a project
    questions = json.loads(Path(sys.argv[2]).read_text())
    print(json.dumps(asyncio.run(measure(sys.argv[1], questions))))
