"""What is done quicker than in Rasa is done as well: answers are checked, graphs are run."""

import ast
import inspect
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from unittest.mock import Mock

import pytest
from rasa.core import processor
from rasa.core.policies import rule_policy

from engine.quick import WrongAnswerError, check_answer, run_in_order


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"events": None, "responses": []},
        {"events": [{"event": "slot", "name": "joint", "value": "knee"}]},
        {"events": [], "responses": [{"custom": {"text": "x"}}], "more": 1},
    ],
)
def test_an_answer_is_taken(answer: object) -> None:
    assert check_answer(Mock(), answer)


@pytest.mark.parametrize(
    "answer",
    [None, [], "text", {"events": {"a": {}}}, {"events": ["slot"]}, {"responses": "x"}],
)
def test_anything_else_is_refused(answer: object) -> None:
    with pytest.raises(WrongAnswerError):
        check_answer(Mock(), answer)


class Runner:
    """As Rasa's runner: nodes that get (name, value) pairs of those that they need."""

    target_names = ("end",)

    def __init__(self) -> None:
        self.runs: list[str] = []
        needs = {"end": ("left", "right"), "left": ("begin",), "right": ("begin", "left")}
        needs |= {"begin": ("given",), "apart": ()}
        self.nodes = {
            name: SimpleNamespace(needs=dict(enumerate(of))) for name, of in needs.items()
        }
        self._graph_schema = self
        self._instantiated_nodes = {name: self._node(name) for name in needs}

    def _node(self, name: str) -> Callable[..., tuple[str, str]]:
        def run(*inputs: tuple[str, str]) -> tuple[str, str]:
            self.runs.append(name)
            return name, f"{name}({' '.join(value for _, value in inputs)})"

        return run


def test_each_node_runs_once_behind_those_that_it_needs() -> None:
    runner = Runner()
    made = run_in_order(runner, {"given": "x"})
    assert made == {"end": "end(left(begin(x)) right(begin(x) left(begin(x))))"}
    assert runner.runs == ["begin", "left", "right", "end"]


def test_only_what_a_target_needs_is_run() -> None:
    runner = Runner()
    assert run_in_order(runner, {"given": "x"}, ["left", "given"]) == {
        "left": "left(begin(x))",
        "given": "x",
    }
    assert runner.runs == ["begin", "left"]


@pytest.mark.parametrize("module", [processor, rule_policy])
def test_where_nothing_is_copied_copies_were_only_for_the_log(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    logged = [call for call in _calls(tree) if _calls_of(call, "structlogger")]
    copies = [call for call in _calls(tree) if _calls_of(call, "copy")]
    of_the_log = [inner for call in logged for inner in _calls(call) if _calls_of(inner, "copy")]
    assert copies
    assert copies == of_the_log


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _calls_of(call: ast.Call, name: str) -> bool:
    of = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(of, ast.Name) and of.id == name
