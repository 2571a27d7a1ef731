"""Blends a new adapter with those before it.

The mean of some fits understands words that none has seen better than each of them alone
(Wortsman et al. 2022, https://arxiv.org/abs/2203.05482).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

RANK = 48  # of what is kept: three times that of a fit, so that the first blends lose nothing

type Product = tuple[np.ndarray, np.ndarray]  # A and B, of which A B is added to a matrix


@dataclass(frozen=True, slots=True)
class Blend:
    """The mean of so many fits, as a product for each layer."""

    fits: int = 0
    layers: Mapping[str, Product] = field(default_factory=dict)


def read_before(path: Path, encoder: str) -> Blend:
    """Return the adapter that stands there, of no fit when it is for another encoder or missing.

    Raises ValueError with what to do when the file can't be read.
    """
    if not path.exists():
        return Blend()
    try:
        with path.open("rb") as file, np.load(file) as stored:
            arrays = dict(stored)
        if str(arrays.pop("encoder")) != encoder:
            return Blend()
        fits = int(arrays.pop("fits"))
        names = {name.rpartition("/")[0] for name in arrays}
        return Blend(fits, {name: (arrays[f"{name}/A"], arrays[f"{name}/B"]) for name in names})
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        hint = f"restore it (git checkout {path.name}), or delete it to begin without one"
        raise ValueError(f"{path} can't be read: {hint}") from None


def blended(new: Mapping[str, Product], before: Blend) -> Blend:
    """Return the mean of all fits by layer; a layer that only the new one has counts whole."""
    share = 1 / (before.fits + 1)
    layers = {
        layer: _mean(pair, before.layers[layer], share) if layer in before.layers else pair
        for layer, pair in new.items()
    }
    return Blend(before.fits + 1, layers)


def _mean(new: Product, before: Product, share: float) -> Product:
    a = np.hstack([share * new[0], (1 - share) * before[0]]).astype(np.float32)
    b = np.vstack([new[1], before[1]]).astype(np.float32)
    return (a, b) if len(b) <= RANK else _narrowed(a, b)


def _narrowed(a: np.ndarray, b: np.ndarray) -> Product:
    """Return the product of this rank that comes nearest to A B: its largest singular values."""
    across, left = np.linalg.qr(a)
    along, right = np.linalg.qr(b.T)
    u, sizes, v = np.linalg.svd(left @ right.T)
    root = np.sqrt(sizes[:RANK])
    return across @ (u[:, :RANK] * root), (root[:, None] * v[:RANK]) @ along.T
