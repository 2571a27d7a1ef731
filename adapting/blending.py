"""Blends a new adapter with the one before it.

The mean of two fits understands words that neither has seen better than each of them alone
(Wortsman et al. 2022, https://arxiv.org/abs/2203.05482).
"""

from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

RANK = 32  # of what is kept: twice that of a fit, so that the first blend loses nothing

type Product = tuple[np.ndarray, np.ndarray]  # A and B, of which A B is added to a matrix


def read_before(path: Path, encoder: str) -> dict[str, Product]:
    """Return the adapter that stands there, nothing when it is for another encoder or missing.

    Raises ValueError with what to do when the file can't be read.
    """
    if not path.exists():
        return {}
    try:
        with path.open("rb") as file, np.load(file) as stored:
            arrays = dict(stored)
        if str(arrays.pop("encoder")) != encoder:
            return {}
        layers = {name.rpartition("/")[0] for name in arrays}
        return {layer: (arrays[f"{layer}/A"], arrays[f"{layer}/B"]) for layer in layers}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        hint = f"restore it (git checkout {path.name}), or delete it to begin without one"
        raise ValueError(f"{path} can't be read: {hint}") from None


def blended(new: Mapping[str, Product], before: Mapping[str, Product]) -> dict[str, Product]:
    """Return the mean of two adapters by layer; a layer that only one of them has counts whole."""
    return {
        layer: _mean(pair, before[layer]) if layer in before else pair
        for layer, pair in new.items()
    }


def _mean(one: Product, other: Product) -> Product:
    a = np.hstack([one[0] / 2, other[0] / 2]).astype(np.float32)
    b = np.vstack([one[1], other[1]]).astype(np.float32)
    return (a, b) if len(b) <= RANK else _narrowed(a, b)


def _narrowed(a: np.ndarray, b: np.ndarray) -> Product:
    """Return the product of this rank that comes nearest to A B: its largest singular values."""
    across, left = np.linalg.qr(a)
    along, right = np.linalg.qr(b.T)
    u, sizes, v = np.linalg.svd(left @ right.T)
    root = np.sqrt(sizes[:RANK])
    return across @ (u[:, :RANK] * root), (root[:, None] * v[:RANK]) @ along.T
