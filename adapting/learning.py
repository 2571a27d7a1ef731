"""Learns an adapter: with it, a linear model on the sentences' vectors should know the intents."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from adapting.examples import Examples
from adapting.network import Adapter, Arrays, sentence_vectors

RANK = 16
EPOCHS = 4
BATCH = 64
BUCKET = 8  # texts of a batch differ by fewer word pieces, for each length is compiled by itself
RATE, HEAD_RATE = 1e-3, 5e-3
WARM_UP, LAST = 0.06, 0.02  # share of the steps; of the rate at the end
DECAY = 0.01
SMOOTHING = 0.05  # of the labels: the intents lie close together
LEFT_OUT = 0.1  # of the word pieces, so that no single word decides
SHARPNESS = np.sqrt(384) / 4
SAY_EVERY = 100

type Learnt = dict[str, Any]  # the adapter, and the linear model that is thrown away afterwards
type Batch = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def learn(
    weights: Arrays,
    shapes: Mapping[str, tuple[int, int]],
    examples: Examples,
    say: Callable[[str], None],
) -> Adapter:
    """Return the adapter for the layers of these shapes that tells the examples' intents apart."""
    random = np.random.default_rng(0)
    learnt = _start(shapes, len(examples.intents), random)
    steps = EPOCHS * len(list(batches(examples, np.random.default_rng(0))))
    optimiser = _optimiser(steps)
    memory = optimiser.init(learnt)

    @jax.jit
    def step(
        learnt: Learnt, memory: optax.OptState, batch: Batch
    ) -> tuple[Learnt, optax.OptState, jax.Array]:
        surprise, slopes = jax.value_and_grad(_surprise)(learnt, weights, batch)
        moves, memory = optimiser.update(slopes, memory, learnt)
        return optax.apply_updates(learnt, moves), memory, surprise

    began, done, recent = time.monotonic(), 0, []
    for _ in range(EPOCHS):
        for batch in batches(examples, random):
            learnt, memory, surprise = step(learnt, memory, batch)
            done, recent = done + 1, [*recent, surprise][-SAY_EVERY:]
            if done % SAY_EVERY == 0:
                mean = float(np.mean(recent))
                say(f"  {done} of {steps} steps, {time.monotonic() - began:.0f} s, loss {mean:.3f}")
    return learnt["adapter"]


def _start(
    shapes: Mapping[str, tuple[int, int]], intents: int, random: np.random.Generator
) -> Learnt:
    """Begin with an adapter that changes nothing."""
    adapter = {}
    for layer, (rows, columns) in shapes.items():
        a = random.normal(size=(rows, RANK)) / np.sqrt(rows)
        adapter[layer] = (jnp.asarray(a, jnp.float32), jnp.zeros((RANK, columns)))
    size = min(columns for _, columns in shapes.values())
    return {"adapter": adapter, "head": jnp.zeros((size, intents)), "bias": jnp.zeros(intents)}


def _optimiser(steps: int) -> optax.GradientTransformation:
    def rate(most: float) -> optax.Schedule:
        warm_up = int(WARM_UP * steps)
        return optax.schedules.warmup_cosine_decay_schedule(0, most, warm_up, steps, most * LAST)

    kinds = {
        "adapter": optax.adamw(rate(RATE), weight_decay=DECAY),
        "head": optax.adam(rate(HEAD_RATE)),
    }
    return optax.multi_transform(kinds, {"adapter": "adapter", "head": "head", "bias": "head"})


def _surprise(learnt: Learnt, weights: Arrays, batch: Batch) -> jax.Array:
    ids, mask, labels, real = batch
    vectors = SHARPNESS * sentence_vectors(weights, learnt["adapter"], ids, mask)
    chances = jax.nn.log_softmax(vectors @ learnt["head"] + learnt["bias"])
    right = chances[jnp.arange(len(labels)), labels]
    each = -(1 - SMOOTHING) * right - SMOOTHING * chances.mean(axis=-1)
    return (each * real).sum() / real.sum()


def batches(examples: Examples, random: np.random.Generator) -> Iterator[Batch]:
    """Yield all examples once, mixed: word pieces, mask, labels, and which rows are real."""
    buckets = np.array([-(-len(pieces) // BUCKET) for pieces in examples.pieces])
    mixed = random.permutation(len(buckets))
    groups = []
    for bucket in np.unique(buckets):
        rows = mixed[buckets[mixed] == bucket]
        groups += [(bucket, rows[i : i + BATCH]) for i in range(0, len(rows), BATCH)]
    for number in random.permutation(len(groups)):
        bucket, rows = groups[number]
        yield _batch(examples, rows, int(bucket) * BUCKET, random)


def _batch(examples: Examples, rows: np.ndarray, length: int, random: np.random.Generator) -> Batch:
    ids, mask = np.zeros((BATCH, length), np.int32), np.zeros((BATCH, length), np.float32)
    labels, real = np.zeros(BATCH, np.int32), np.zeros(BATCH, np.float32)
    mask[:, 0] = 1  # of rows that aren't real, too: a mean of nothing would be no number
    for place, row in enumerate(rows):
        pieces = _some_of(examples.pieces[row], random)
        ids[place, : len(pieces)], mask[place, : len(pieces)] = pieces, 1
        labels[place], real[place] = examples.labels[row], 1
    return ids, mask, labels, real


def _some_of(pieces: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Leave out some word pieces, never the marks at both ends; a short text stays whole."""
    if len(pieces) <= 5:
        return pieces
    kept = random.random(len(pieces)) > LEFT_OUT
    kept[[0, -1]] = True
    return pieces[kept]
