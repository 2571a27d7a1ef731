"""A blend is the mean of two adapters, as nearly as its rank allows."""

from pathlib import Path

import numpy as np
import pytest

from adapting.blending import RANK, Blend, Product, blended, read_before


def product(seed: int, rank: int) -> Product:
    random = np.random.default_rng(seed)
    return random.normal(size=(60, rank)), random.normal(size=(rank, 80))


def test_each_fit_counts_as_much_as_any_other() -> None:
    fits = [product(seed, RANK // 3) for seed in range(3)]
    blend = Blend()
    for fit in fits:
        blend = blended({"m": fit}, blend)
    a, b = blend.layers["m"]
    assert blend.fits == 3
    assert np.allclose(a @ b, sum(one @ other for one, other in fits) / 3, atol=1e-4)


def test_what_is_too_wide_keeps_its_largest_part() -> None:
    one, other = product(1, RANK // 3), product(2, RANK)
    wanted = (one[0] @ one[1] + other[0] @ other[1]) / 2
    a, b = blended({"m": one}, Blend(1, {"m": other})).layers["m"]
    assert len(b) == RANK
    left_out = np.linalg.svd(wanted, compute_uv=False)[RANK:]
    assert np.isclose(np.linalg.norm(wanted - a @ b), np.linalg.norm(left_out), rtol=1e-3)


def test_without_one_before_it_stays_as_it_is() -> None:
    new = product(1, 4)
    assert blended({"m": new}, Blend(1, {"other": product(2, 4)})).layers == {"m": new}


def test_the_one_before_is_read_when_it_is_for_the_same_encoder(tmp_path: Path) -> None:
    path, (a, b) = tmp_path / "adapter.npz", product(1, 4)
    assert read_before(path, "this") == Blend()
    np.savez(path, **{"encoder": np.array("this"), "fits": np.array(2), "m/A": a, "m/B": b})
    before = read_before(path, "this")
    assert before.fits == 2
    assert np.array_equal(before.layers["m"][1], b)
    assert read_before(path, "another") == Blend()


@pytest.mark.parametrize("content", [b"", b"no adapter", b"PK\x03\x04 cut off"])
def test_a_damaged_one_is_named_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "adapter.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"adapter\.npz can't be read: restore it"):
        read_before(path, "this")
