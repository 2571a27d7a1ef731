"""The encoder is the expected one, and closeness of vectors is closeness of meaning."""

from pathlib import Path

import numpy as np
import pytest

from engine.sentences import Encoder, ModelFileError, read_file
from engine.vector_cache import encode_cached


def test_a_missing_model_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"model\.onnx is missing: run `make setup`"):
        read_file(tmp_path / "model.onnx")


def test_another_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"something else")
    with pytest.raises(ModelFileError, match="sha256 differs"):
        read_file(tmp_path / "model.onnx")


def test_like_questions_come_near(encoder: Encoder) -> None:
    first, same, other = encoder.encode(
        ["how long does it last?", "for how many years will the effect hold?", "where can I park?"]
    )
    assert first @ same > first @ other + 0.2


def test_a_text_has_one_vector_whatever_stands_beside_it(encoder: Encoder) -> None:
    text = "is it permanent"
    beside = encoder.encode(["a much longer text " * 20, text])[1]
    assert np.allclose(encoder.encode_one(text), beside, atol=1e-5)
    assert np.isclose(np.linalg.norm(beside), 1, atol=1e-5)


def test_a_part_is_read_in_its_context(encoder: Encoder) -> None:
    parts = ["My shoulder tendon was treated.", "Will it last?"]
    whole, _, question = encoder.encode_with_parts(" ".join(parts), parts)
    assert whole == pytest.approx(encoder.encode_one(" ".join(parts)), abs=1e-5)
    wanted = encoder.encode_one("how long do results last in a shoulder tendon")
    assert question @ wanted > encoder.encode_one(parts[1]) @ wanted


def test_a_part_that_is_not_in_the_text_has_a_vector_of_its_own(encoder: Encoder) -> None:
    for text in ("is it safe", "", "x" * 10_000):
        _, part = encoder.encode_with_parts(text, ["does it hurt"])
        assert part == pytest.approx(encoder.encode_one("does it hurt"), abs=1e-5)


@pytest.mark.parametrize("text", ["x" * 10_000, "word " * 2_000, "\U0001f600", "\x00\x07", "नमस्ते"])
def test_odd_texts_have_vectors_too(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode_one(text)).all()


def test_the_cache_gives_what_the_encoder_gives_and_survives_damage(
    encoder: Encoder, tmp_path: Path
) -> None:
    path, texts = tmp_path / "vectors.npz", ["one question", "another question"]
    fresh = encode_cached(encoder, texts, path)
    assert np.array_equal(encode_cached(encoder, texts[::-1], path), fresh[::-1])
    assert b"question" not in path.read_bytes()
    path.write_bytes(path.read_bytes()[:100])
    assert np.allclose(encode_cached(encoder, texts, path), fresh, atol=1e-5)
