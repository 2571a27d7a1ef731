"""Trains like `rasa train`, in less time: `python -m engine.quick_training train ...`.

Rasa reads every file of examples several times over, checks it against a schema, copies all
examples whenever it puts two collections together, and takes the fingerprint of everything in them
before and after each step, for a cache of steps that is never looked into here. With thirty
thousand examples that takes longer than learning from them.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from tarfile import TarFile
from typing import Any

import rasa.__main__
from rasa.engine.training.hooks import TrainingHook
from rasa.shared.nlu.constants import INTENT, RESPONSE
from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.formats import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import deep_container_fingerprint
from tarsafe import TarSafe

NOT_AT_ALL = 0  # of gzip's levels


def _merged(data: TrainingData, *others: TrainingData | None) -> TrainingData:
    """Put collections together; their examples are shared, for only one collection is used."""
    every = [one for one in (data, *others) if one is not None and not _is_empty(one)]
    if len(every) == 1:
        return every[0]
    return TrainingData(
        [example for one in every for example in one.training_examples],
        {word: value for one in every for word, value in one.entity_synonyms.items()},
        [feature for one in every for feature in one.regex_features],
        [table for one in every for table in one.lookup_tables],
        {name: said for one in every for name, said in one.responses.items()},
    )


def _is_empty(data: TrainingData) -> bool:
    parts = (data.entity_synonyms, data.regex_features, data.lookup_tables, data.responses)
    return not data.training_examples and not any(parts)


def _clean(examples: list[Message]) -> list[Message]:
    """Return the examples once each, without spaces around their intents."""
    for example in examples:
        for name in (INTENT, RESPONSE):
            value = example.get(name)
            if value and value != value.strip():
                example.set(name, value.strip())
    return list(dict.fromkeys(examples))


def _fingerprint(message: Message) -> str:
    """Return what tells messages apart; without features, the text of its fields does."""
    if message._cached_fingerprint is None:
        if message.features:
            known = deep_container_fingerprint([message.data, message.features])
        else:
            fields = repr(sorted(message.data.items()))
            known = hashlib.md5(fields.encode(), usedforsecurity=False).hexdigest()
        message._cached_fingerprint = known
    return message._cached_fingerprint


def _unquestioned(*_: Any) -> None:
    """Check and warn of nothing: our own checks come first, and name file and line."""


def _before(*_: Any, **__: Any) -> dict[str, Any]:
    return {}


def _after(*_: Any, **__: Any) -> None:
    return None


def _packed(kind: type[TarSafe], name: str, mode: str = "r", *where: Any, **how: Any) -> TarFile:
    """Open a model's archive; it isn't packed, for numbers hardly shrink."""
    how["compresslevel"] = NOT_AT_ALL
    return TarFile.gzopen.__func__(kind, name, mode, *where, **how)


def use_quick_training() -> None:
    """Let this process read, put together and compare examples the quick way."""
    loading.load_data = lru_cache(maxsize=None)(loading.load_data)
    TrainingData.merge = _merged
    TrainingData.sanitize_examples = staticmethod(_clean)
    TrainingData.validate = _unquestioned
    RasaYAMLReader.validate = _unquestioned
    Message.fingerprint = _fingerprint
    TarSafe.gzopen = classmethod(_packed)
    TrainingHook.on_before_node = _before
    TrainingHook.on_after_node = _after


if __name__ == "__main__":
    use_quick_training()
    rasa.__main__.main()
