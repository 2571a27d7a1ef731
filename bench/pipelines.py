"""Trains and measures one pipeline in its own environment."""

import json
import os
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.runtime.steps import StepFailed, run_step

QUIET = {
    "RASA_MAX_CACHE_SIZE": "0",  # Rasa's cache would make a second training look fast
    "RASA_TELEMETRY_ENABLED": "false",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "LOG_LEVEL": "ERROR",
}


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A configuration, the Python that runs it and the data it learns."""

    title: str
    python: Path
    config: Path
    project: Path


def train_and_measure(pipeline: Pipeline, root: Path) -> dict[str, float]:
    """Return the pipeline's figures; StepFailed tells what went wrong."""
    data, models = pipeline.project, pipeline.config.parent / "models"
    environment = {**os.environ, **QUIET}
    began = time.perf_counter()
    run_step(
        f"Training {pipeline.title}",
        [
            str(pipeline.python), "-m", "rasa", "train", "nlu", "--config", str(pipeline.config),
            "--nlu", str(data / "nlu.yml"), "--domain", str(data / "domain.yml"),
            "--out", str(models), "--fixed-model-name", "model",
        ],
        log=pipeline.config.parent / "training.log",
        hint="See the log.",
        cwd=root,
        environment=environment,
    )  # fmt: skip
    trained = time.perf_counter() - began
    figures = _measure(pipeline, models / "model.tar.gz", root, environment)
    return {"training_seconds": trained, **figures}


def _measure(
    pipeline: Pipeline, model: Path, root: Path, environment: Mapping[str, str]
) -> dict[str, float]:
    script = Path(__file__).with_name("measure.py")
    held_out = pipeline.project / "held-out.json"
    done = subprocess.run(  # noqa: S603
        [str(pipeline.python), str(script), str(model), str(held_out)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise StepFailed(f"Measuring {pipeline.title}: failed.\n{done.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures
