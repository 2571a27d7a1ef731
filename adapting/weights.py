"""The published encoder's weights, read from its file."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

PREFIX = "inner."


@dataclass(frozen=True, slots=True)
class Weights:
    """Matrices and vectors by the names of their layers, and what the file calls each matrix."""

    arrays: dict[str, np.ndarray]
    stored_as: dict[str, str]


def read_weights(path: Path) -> Weights:
    """Read an int8 all-MiniLM-L6-v2 whose matrices stand as `NAME_q` beside `NAME_scale`."""
    graph = onnx.load(str(path)).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    matrices = {
        name[:-2]: values * stored[f"{name[:-2]}_scale"]
        for name, values in stored.items()
        if name.endswith("_q")
    }
    arrays = {name: values for name, values in stored.items() if values.dtype == np.float32}
    arrays |= matrices
    arrays = {name.removeprefix(PREFIX): values for name, values in arrays.items()}
    stored_as = {}
    for layer, matrix in _layers(graph, matrices):
        arrays[f"{layer}.weight"] = matrices[matrix]
        stored_as[layer] = matrix
    return Weights(arrays, stored_as)


def _layers(graph: onnx.GraphProto, matrices: dict[str, np.ndarray]) -> list[tuple[str, str]]:
    """Return layer and matrix of every product; a matrix has no name but its bias has one."""
    after = {name: node for node in graph.node for name in node.input}
    found = []
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in matrices:
            [bias] = [n for n in after[node.output[0]].input if n.endswith(".bias")]
            layer = bias.removeprefix(PREFIX).removesuffix(".bias")
            found.append((layer, node.input[1]))
    return found
