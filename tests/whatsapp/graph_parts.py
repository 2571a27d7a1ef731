"""The small checks of which every check of a payload is made; each raises a Refusal."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.whatsapp.graph_errors import Refusal


def only(item: Mapping[str, Any], *names: str) -> None:
    """Refuse what has a parameter of another name."""
    for name in item:
        if name not in names:
            raise Refusal(100, f"Unexpected key {name} on param")


def part(item: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return an object within an object."""
    if name not in item:
        raise Refusal(131008, f"The parameter {name} is required.")
    value = item[name]
    if not isinstance(value, Mapping):
        raise Refusal(100, f"The parameter {name} must be an object")
    return value


def items(item: Mapping[str, Any], name: str, least: int, most: int) -> list[Mapping[str, Any]]:
    """Return a list of objects within an object."""
    if name not in item:
        raise Refusal(131008, f"The parameter {name} is required.")
    value = item[name]
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise Refusal(100, f"The parameter {name} must be a list of objects")
    if not least <= len(value) <= most:
        raise Refusal(131009, f"{name} takes {least} to {most} items, not {len(value)}")
    return value


def text_of(item: Mapping[str, Any], name: str, most: int) -> str:
    """Return a text within an object: there, not blank, and not too long."""
    if name not in item:
        raise Refusal(131008, f"The parameter {name} is required.")
    value = item[name]
    if not isinstance(value, str):
        raise Refusal(100, f"The parameter {name} must be a string")
    if not value.strip():
        raise Refusal(131008, f"The parameter {name} is empty")
    return at_most(value, most, name)


def at_most(value: str, most: int, name: str) -> str:
    """Refuse a text that is too long, and repeat it, as Meta's details do."""
    if len(value) > most:
        raise Refusal(131009, f"{name} is longer than {most}: {value}")
    return value


def url_of(item: Mapping[str, Any], name: str) -> str:
    """Return an http or https address within an object."""
    value = text_of(item, name, 2000)
    address = urlsplit(value)
    if address.scheme not in ("http", "https") or not address.netloc or " " in value:
        raise Refusal(131009, f"{name} is no web address")
    return value


def unique(values: list[str], name: str) -> None:
    """Refuse a list in which something stands twice."""
    if len(set(values)) != len(values):
        raise Refusal(131009, f"{name} must be unique")
