"""Adapts the encoder to how patients ask, by small additions to its weights.

Each of its matrices W becomes W + A B, where A and B are narrow (LoRA,
https://arxiv.org/abs/2106.09685). `make adapt` learns them from the examples and writes
adapter.npz; here they are added, once, when the engine starts.
"""

from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import onnx
from onnx import numpy_helper
from rasa.shared.exceptions import RasaException

ADAPTER = Path(__file__).with_name("adapter.npz")
MOST = 127  # of an int8 weight
HINT = "restore it (git checkout engine/adapter.npz) or make it anew (make adapt)"


class AdapterError(RasaException):
    """The adapter is missing, damaged, or made for another encoder."""


def read_adapter(path: Path, made_for: str) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return A and B for each matrix by its name; AdapterError unless it is for this encoder."""
    try:
        with path.open("rb") as file, np.load(file) as stored:
            arrays = dict(stored)
    except FileNotFoundError:
        raise AdapterError(f"{path} is missing: {HINT}") from None
    except (OSError, ValueError, KeyError, BadZipFile):
        raise AdapterError(f"{path} can't be read: {HINT}") from None
    if str(arrays.pop("encoder", "")) != made_for:
        raise AdapterError(f"{path} was made for another encoder: make it anew (make adapt)")
    names = sorted({name.rpartition("/")[0] for name in arrays if "/" in name})
    return {name: (arrays[f"{name}/A"], arrays[f"{name}/B"]) for name in names}


def adapted(model: bytes, adapter: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> bytes:
    """Return the model with the adapter's products added to its int8 matrices."""
    proto = onnx.load_model_from_string(model)
    stored = {tensor.name: tensor for tensor in proto.graph.initializer}
    for name, (a, b) in adapter.items():
        kept, scale = stored[f"{name}_q"], stored[f"{name}_scale"]
        matrix = numpy_helper.to_array(kept) * numpy_helper.to_array(scale)
        matrix += a.astype(np.float32) @ b.astype(np.float32)
        fine = np.abs(matrix).max(axis=0, keepdims=True) / MOST
        _set(kept, np.rint(matrix / fine).astype(np.int8))
        _set(scale, fine)
    return bytes(proto.SerializeToString())


def _set(tensor: onnx.TensorProto, values: np.ndarray) -> None:
    tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))
