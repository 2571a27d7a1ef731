"""What Graph tells of the clinic's number and of its templates, read without trusting its form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NUMBER_FIELDS = "display_phone_number,verified_name,quality_rating,status,name_status"
TEMPLATE_FIELDS = "name,language,status,category,components"
PLACEHOLDER = re.compile(r"\{\{\s*\w+\s*\}\}")


@dataclass(frozen=True, slots=True)
class NumberInfo:
    """What Graph tells of the clinic's number; None for what it leaves out."""

    display: str | None
    name: str | None
    quality: str | None
    status: str | None
    name_status: str | None


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """What Graph tells of a template; `placeholders` counts the parameters that it takes."""

    name: str
    language: str
    status: str | None
    category: str | None
    placeholders: int


def read_number(found: Mapping[str, Any]) -> NumberInfo:
    """Return what Graph's answer tells of a number."""
    return NumberInfo(
        _text(found.get("display_phone_number")),
        _text(found.get("verified_name")),
        _text(found.get("quality_rating")),
        _text(found.get("status")),
        _text(found.get("name_status")),
    )


def read_template(found: Sequence[object], name: str, language: str) -> TemplateInfo | None:
    """Return the template of just this name and language; Graph also gives longer names."""
    for item in found:
        if not isinstance(item, Mapping):
            continue
        if (item.get("name"), item.get("language")) == (name, language):
            status, category = _text(item.get("status")), _text(item.get("category"))
            return TemplateInfo(name, language, status, category, _placeholders(item))
    return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _placeholders(item: Mapping[str, Any]) -> int:
    parts = item.get("components")
    words = [
        str(part.get("text", ""))
        for part in (parts if isinstance(parts, list) else ())
        if isinstance(part, Mapping)
    ]
    return sum(len(set(PLACEHOLDER.findall(text))) for text in words)
