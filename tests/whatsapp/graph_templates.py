"""The account's message templates, and what of them is asked for."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.whatsapp.graph_errors import Refusal

READY: dict[str, Any] = {
    "id": "300000000000003",
    "name": "answer_ready",
    "language": "en_GB",
    "status": "APPROVED",
    "category": "UTILITY",
    "components": [{"type": "BODY", "text": "The clinic has an answer. Write back to read it."}],
}


def check_template(templates: Sequence[Mapping[str, Any]], asked: Mapping[str, Any]) -> None:
    """Refuse a template that isn't there, isn't approved, or takes other parameters."""
    wanted = (asked["name"], asked["language"]["code"], "APPROVED")
    for one in templates:
        if (one["name"], one["language"], one["status"]) == wanted:
            break
    else:
        raise Refusal(132001, f"template name ({wanted[0]}) does not exist in {wanted[1]}")
    given = _parameters(asked.get("components", []))
    for component in one["components"]:
        kind = component["type"].lower()
        takes = len(set(re.findall(r"\{\{\w+\}\}", component.get("text", ""))))
        if kind in ("header", "body") and given.get(kind, 0) != takes:
            raise Refusal(132000, f"{kind}: {given.get(kind, 0)} parameters instead of {takes}")


def _parameters(components: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {one["type"]: len(one.get("parameters", [])) for one in components}
