"""Train and measure both pipelines on the same data, then the turns of a long conversation, what
the widget costs a page, how long a message on WhatsApp takes to be acknowledged, and how long the
front desk waits for an answer."""

import argparse
import sys
from pathlib import Path

from bench.acknowledging import measure_acknowledging
from bench.asking import measure_asking
from bench.data import read_examples, split, write_config, write_project
from bench.pipelines import Pipeline, train_and_measure
from bench.table import render
from bench.turns import measure_turns
from bench.widget import measure_widget
from bot.runtime.steps import StepFailed, say
from scripts.setup.environments import Environment, aside, engine, is_current, sync
from scripts.setup.uv import find_uv

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / ".cache" / "bench"
CACHES = {
    "Reader": "tags.json",
    "SentenceEncoder": "vectors.npz",
    "PassageRanker": "passages.npz",
}
OURS, ALL, STOCK = "Candor", "Candor, all data", "rasa init"


def stock(root: Path) -> Environment:
    """Describe the bench's own environment: stock Rasa with TensorFlow."""
    title = "the bench's environment (TensorFlow: 2.5 GB)"
    return aside(root / "bench", title, ("3.10",))


def prepare(learnt: int, held_out: int) -> list[Pipeline]:
    """Write the data and configurations of the three runs."""
    examples = read_examples(ROOT / "data" / "nlu")
    for name, count in (("sample", learnt), ("all", None)):
        write_project(WORK / name, *split(examples, count, held_out))
    pipelines = []
    for title, folder, environment, project in (
        (OURS, "candor", engine(ROOT), "sample"),
        (ALL, "candor-all", engine(ROOT), "all"),
        (STOCK, "stock", stock(ROOT), "sample"),
    ):
        source = ROOT / "bench" / "rasa-init.yml" if title == STOCK else ROOT / "config.yml"
        caches = {step: WORK / folder / name for step, name in CACHES.items()}
        for cache in caches.values():
            cache.unlink(missing_ok=True)  # a first training, with nothing read or encoded yet
        (WORK / folder).mkdir(parents=True, exist_ok=True)
        config = WORK / folder / "config.yml"
        write_config(config, source, {step: {"cache": str(c)} for step, c in caches.items()})
        pipelines.append(Pipeline(title, environment.python, config, WORK / project))
    return pipelines


def stock_assistant() -> Pipeline:
    """Describe the stock assistant whose turns are measured."""
    folder = WORK / "stock-turns"
    return Pipeline(STOCK, stock(ROOT).python, folder / "config.yml", folder)


def explain(learnt: int, held_out: int) -> str:
    """Say what was compared and how."""
    intents = len(read_examples(ROOT / "data" / "nlu"))
    return (
        f"{intents} intents. Both pipelines learn the same {learnt} examples of each intent and\n"
        f"answer the same {held_out} held-out ones of each; rasa init with its 100 epochs, which\n"
        "take it twenty minutes and more with a dozen. 'All data' learns all but the held-out.\n"
        "One run, one after the other, nothing cached; the ratio is Candor / rasa init."
    )


def main() -> int:
    """Return 0 when the table is printed, 1 with a clear line otherwise."""
    options = argparse.ArgumentParser(prog="bench", description=__doc__)
    options.add_argument("--learnt", type=int, default=3, help="examples learnt of each intent")
    options.add_argument("--held-out", type=int, default=1, help="examples held out of each")
    chosen = options.parse_args()
    try:
        if not is_current(stock(ROOT)):
            sync(stock(ROOT), find_uv(ROOT), ROOT)
        pipelines = prepare(chosen.learnt, chosen.held_out)
        figures = [train_and_measure(pipeline, ROOT) for pipeline in pipelines]
        turns = measure_turns(stock_assistant())
    except StepFailed as error:
        say(str(error))
        return 1
    print(explain(chosen.learnt, chosen.held_out))
    print(render([pipeline.title for pipeline in pipelines], figures, figures[-1]))
    print(turns)
    print(f"\n{measure_widget()}")
    try:
        print(f"\n{measure_acknowledging()}")
        print(f"\n{measure_asking()}")
    except StepFailed as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
