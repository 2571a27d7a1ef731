"""The encoder (all-MiniLM-L6-v2: BERT with six layers) with an adapter, in JAX.

Only the adapter is learnt, so the matrices need no gradient of their own; their products are taken
in bfloat16, which is several times as fast where the processor knows it.
"""

from collections.abc import Mapping
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

HEADS, LAYERS, EPSILON = 12, 6, 1e-12
NEVER = -1e9

type Arrays = Mapping[str, jax.Array]
type Adapter = Mapping[str, tuple[jax.Array, jax.Array]]


def prepare(arrays: Mapping[str, np.ndarray]) -> dict[str, jax.Array]:
    """Return the weights as the network wants them: matrices of layers both ways round."""
    ready = {name: jnp.asarray(values) for name, values in arrays.items()}
    for name, values in arrays.items():
        if name.startswith("encoder.") and values.ndim == 2:
            ready[name] = jnp.asarray(values, jnp.bfloat16)
            ready[f"{name}.turned"] = jnp.asarray(np.ascontiguousarray(values.T), jnp.bfloat16)
    return ready


def sentence_vectors(
    weights: Arrays, adapter: Adapter, ids: jax.Array, mask: jax.Array
) -> jax.Array:
    """Return a vector of length one for each row of word pieces; the mask is 0 behind the text."""
    rows, length = ids.shape
    names = ("word_embeddings", "position_embeddings", "token_type_embeddings")
    words, places, kinds = (weights[f"embeddings.{name}.weight"] for name in names)
    hidden = _normalised(weights, "embeddings.LayerNorm", words[ids] + places[:length] + kinds[0])
    hidden = hidden.reshape(rows * length, -1)  # one long row of pieces: products of two matrices
    unseen = jnp.where(mask[:, None, None, :] > 0, 0.0, NEVER)
    for layer in range(LAYERS):
        hidden = _layer(weights, adapter, f"encoder.layer.{layer}", hidden, unseen)
    pieces = hidden.reshape(rows, length, -1) * mask[:, :, None]
    mean = pieces.sum(axis=1) / mask.sum(axis=1, keepdims=True)
    return mean / jnp.linalg.norm(mean, axis=1, keepdims=True)


def _layer(
    weights: Arrays, adapter: Adapter, name: str, hidden: jax.Array, unseen: jax.Array
) -> jax.Array:
    product = partial(_product, weights, adapter)
    rows, length = unseen.shape[0], unseen.shape[3]

    def heads(which: str) -> jax.Array:
        found = product(f"{name}.attention.self.{which}", hidden)
        return found.reshape(rows, length, HEADS, -1).transpose(0, 2, 1, 3)

    query, key, value = heads("query"), heads("key"), heads("value")
    near = query @ key.transpose(0, 1, 3, 2) / np.sqrt(query.shape[-1])
    seen = jax.nn.softmax(near + unseen, axis=-1) @ value
    seen = seen.transpose(0, 2, 1, 3).reshape(rows * length, -1)
    seen = product(f"{name}.attention.output.dense", seen)
    hidden = _normalised(weights, f"{name}.attention.output.LayerNorm", hidden + seen)
    inner = jax.nn.gelu(product(f"{name}.intermediate.dense", hidden), approximate=False)
    inner = product(f"{name}.output.dense", inner)
    return _normalised(weights, f"{name}.output.LayerNorm", hidden + inner)


def _product(weights: Arrays, adapter: Adapter, layer: str, rows: jax.Array) -> jax.Array:
    matrix, turned = weights[f"{layer}.weight"], weights[f"{layer}.weight.turned"]
    a, b = adapter[layer]
    return _fixed(rows, matrix, turned) + (rows @ a) @ b + weights[f"{layer}.bias"]


@jax.custom_vjp
def _fixed(rows: jax.Array, matrix: jax.Array, turned: jax.Array) -> jax.Array:
    """Multiply with a matrix that is not learnt."""
    return jnp.matmul(rows.astype(matrix.dtype), matrix, preferred_element_type=jnp.float32)


def _forward(rows: jax.Array, matrix: jax.Array, turned: jax.Array) -> tuple[jax.Array, jax.Array]:
    return _fixed(rows, matrix, turned), turned


def _backward(turned: jax.Array, slope: jax.Array) -> tuple[jax.Array, None, None]:
    # Turned beforehand: XLA multiplies slowly with a matrix that it has to turn itself.
    back = jnp.matmul(slope.astype(turned.dtype), turned, preferred_element_type=jnp.float32)
    return back, None, None


_fixed.defvjp(_forward, _backward)


def _normalised(weights: Arrays, name: str, rows: jax.Array) -> jax.Array:
    centred = rows - rows.mean(axis=-1, keepdims=True)
    spread = jnp.sqrt((centred**2).mean(axis=-1, keepdims=True) + EPSILON)
    return centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
