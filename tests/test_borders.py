"""Who may import whom: the layers of the application, and libraries that have one owner."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Each layer may import the ones below it; those in one row don't import each other.
LAYERS = (
    ("bot.__main__",),
    ("bot.cli",),
    ("bot.runtime",),
    ("bot.web",),
    ("bot.channels", "bot.desk"),
    ("bot.store", "actions", "bot.evaluation", "bot.assistant"),
    ("bot.conversation",),
    ("bot.knowledge",),
)
# Only entry points know the settings and the clinic's file; the others are handed plain values.
SETTINGS_READERS = ("bot.__main__", "bot.cli", "bot.runtime", "bot.web", "bot.settings")
OWNERS = {
    "sqlalchemy": ("bot.store",),
    "alembic": ("bot.store",),
    "rasa_sdk": ("actions",),
    "spacy": ("bot.knowledge", "engine"),
    "onnxruntime": ("engine",),
    "rasa": ("engine",),
    "segno": ("bot.channels.whatsapp", "bot.desk"),
    "jinja2": ("bot.web", "bot.evaluation"),
    "argon2": ("bot.desk",),
    "aiosmtplib": ("bot.desk.mail",),
    "pyotp": ("bot.desk",),
    "phonenumbers": ("bot.conversation.phone_numbers",),
}


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for top in ("bot", "actions", "engine"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if not {".venv", "standin", "build"} & set(path.parts):
                yield _module(path), ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


IMPORTS = {module: _imported(tree) for module, tree in _sources()}


def _within(module: str, *packages: str) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in packages)


def _row(module: str) -> int | None:
    rows = (row for row, layer in enumerate(LAYERS) if _within(module, *layer))
    return next(rows, None)


def test_imports_go_downwards_only() -> None:
    wrong = []
    for module, names in IMPORTS.items():
        row = _row(module)
        for name in names:
            other = _row(name)
            if row is None or other is None:
                continue
            same_package = any(_within(module, one) and _within(name, one) for one in LAYERS[row])
            if other < row or (other == row and not same_package):
                wrong.append(f"{module} imports {name}")
    assert not wrong


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_has_one_owner(library: str) -> None:
    users = {module for module, names in IMPORTS.items() if any(_within(n, library) for n in names)}
    assert users
    assert not {module for module in users if not _within(module, *OWNERS[library])}


def test_the_engine_and_the_application_meet_over_http_only() -> None:
    for module, names in IMPORTS.items():
        foreign = ("bot", "actions") if _within(module, "engine") else ("engine",)
        assert not [name for name in names if _within(name, *foreign)], module


def test_only_entry_points_read_settings() -> None:
    for module, names in IMPORTS.items():
        if any(_within(name, "bot.settings") for name in names):
            assert _within(module, *SETTINGS_READERS), module


def test_only_the_settings_read_the_environment() -> None:
    for module, tree in _sources():
        reads = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
        ]
        assert not reads or _within(module, "bot.settings", "engine"), module


def test_nothing_imports_the_web_but_the_entry_point() -> None:
    for module, names in IMPORTS.items():
        if not _within(module, "bot.web", "bot.runtime", "bot.cli"):
            assert not [name for name in names if _within(name, "bot.web")], module
