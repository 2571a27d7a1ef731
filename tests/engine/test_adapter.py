"""The adapter changes the encoder as it should, and one that doesn't fit is refused in a line."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from engine import sentences
from engine.adapter import ADAPTER, AdapterError, adapted, read_adapter
from engine.sentences import SHA256, Encoder


def small_model(matrix: np.ndarray) -> bytes:
    scale = np.abs(matrix).max(axis=0, keepdims=True).astype(np.float32) / 127
    whole = np.rint(matrix / scale).astype(np.int8)
    stored = [numpy_helper.from_array(whole, "m_q"), numpy_helper.from_array(scale, "m_scale")]
    graph = helper.make_graph([], "small", [], [], initializer=stored)
    return bytes(helper.make_model(graph).SerializeToString())


def matrix_of(model: bytes) -> np.ndarray:
    graph = onnx.load_model_from_string(model).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    return np.asarray(stored["m_q"] * stored["m_scale"])


def test_the_product_is_added_to_the_matrix() -> None:
    random = np.random.default_rng(3)
    matrix, a, b = (random.normal(size=size) for size in ((20, 9), (20, 2), (2, 9)))
    model = adapted(small_model(matrix), {"m": (a, b)})
    wanted = matrix + a @ b
    # What int8 can't say is at most half a step, before and after.
    steps = (np.abs(matrix).max(axis=0) + np.abs(wanted).max(axis=0)) / 127
    assert (np.abs(matrix_of(model) - wanted) <= steps / 2 + 1e-4).all()


def test_an_adapter_that_adds_nothing_changes_nothing() -> None:
    model = small_model(np.random.default_rng(4).normal(size=(20, 9)))
    nothing = {"m": (np.zeros((20, 2), np.float16), np.zeros((2, 9), np.float16))}
    assert matrix_of(adapted(model, nothing)) == pytest.approx(matrix_of(model), abs=1e-6)


def test_every_matrix_of_every_layer_is_adapted() -> None:
    adapter = read_adapter(ADAPTER, SHA256)
    assert len(adapter) == 6 * 6
    assert all(np.isfinite(side).all() for pair in adapter.values() for side in pair)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "is missing: restore it"),
        (b"", "can't be read: restore it"),
        (b"PK\x03\x04 half a file", "can't be read: restore it"),
    ],
)
def test_a_damaged_adapter_is_said_in_one_line(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "adapter.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AdapterError, match=said) as error:
        read_adapter(path, SHA256)
    assert "\n" not in str(error.value)


def test_an_adapter_of_another_encoder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "adapter.npz"
    np.savez(path, encoder=np.array("another"))
    with pytest.raises(AdapterError, match="another encoder: make it anew"):
        read_adapter(path, SHA256)


# Two questions in like words that want different things.
BORDERS = [
    ("how long does the effect hold", "how long does the visit take"),
    ("can shoulder injections help", "what does shoulder surgery cost"),
    ("do I need it again", "do I need a scan again"),
    ("will it wear off", "will it hurt"),
]


def test_like_words_that_want_another_thing_lie_further_apart_than_before(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentences, "read_adapter", lambda *_: {})
    plain = Encoder()
    for pair in BORDERS:
        (asked, other), (plainly, otherwise) = encoder.encode(pair), plain.encode(pair)
        assert asked @ other < plainly @ otherwise
