"""Lets Rasa import where TensorFlow is missing, and says so when something needs it.

Rasa's commands import every stock component, so they import TensorFlow although no component of
ours uses it; installed, it costs 350 MB of memory and doubles the start-up. Rasa's modules only
mention TensorFlow while they are imported: in annotations, as base classes, as decorators. A
`Missing` class can be all of that. Making or calling one is the point where TensorFlow would have
to work, and raises one clear error.
"""

import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn

MESSAGE = (
    "TensorFlow isn't installed in this engine, and a component in your config.yml or a command's "
    "option needs it ({needed}). Stock components that need it are DIETClassifier, "
    "ResponseSelector, TEDPolicy, UnexpecTEDIntentPolicy, LanguageModelFeaturizer and "
    "ConveRTFeaturizer; remove them, or train them in an environment with all of Rasa's "
    "requirements."
)


class MissingType(type):
    """Makes a class whose every attribute is such a class again."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return missing(f"{cls.__module__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and isinstance(args[0], Callable):
            return args[0]  # a decorator, as in @tf.function
        refuse(f"{cls.__module__}.{cls.__name__}".removesuffix(".Missing"))


def missing(path: str) -> MissingType:
    """Return the class that stands for the TensorFlow name `path`."""
    return MissingType("Missing", (), {"__module__": path})


def refuse(needed: str) -> NoReturn:
    """Raise the error that says TensorFlow is not installed; Rasa shows it in one line."""
    from rasa.shared.exceptions import RasaException

    raise RasaException(MESSAGE.format(needed=needed))


class StandInModule(ModuleType):
    """A module that has every public name."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return missing(f"{self.__name__}.{name}")


class Submodules(MetaPathFinder, Loader):
    """Finds every submodule of the packages that were stood in for."""

    def __init__(self) -> None:
        self.packages: set[str] = set()

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        known = name.partition(".")[0] in self.packages
        return ModuleSpec(name, self, is_package=True) if known else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module as it was made: all it has are names that are missing."""


FINDER = Submodules()


def stand_in(package: str) -> None:
    """Give `package` every name and every submodule that Rasa asks for while it is imported."""
    FINDER.packages.add(package)
    if FINDER not in sys.meta_path:
        sys.meta_path.append(FINDER)
    sys.modules[package].__class__ = StandInModule
