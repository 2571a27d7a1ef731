"""YAML as the clinic's files use it: a mapping, with no key written twice."""

from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.problems import KnowledgeError


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the file's mapping; KnowledgeError names the file and the line at fault."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506
    except OSError as error:
        raise KnowledgeError([f"{path.name}: it can't be read ({error.strerror})"]) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise KnowledgeError([f"{path.name}: {' '.join(str(error).split())}"]) from None
    if not isinstance(data, dict):
        raise KnowledgeError([f"{path.name}: it must hold `name:` entries"])
    return data


class _StrictLoader(yaml.CSafeLoader):
    """A safe loader that refuses a key written twice, of which plain YAML silently loses one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"`{key}` is written twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)
