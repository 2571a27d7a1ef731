"""The pipeline's sentence encoder: gives each message its vector."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.fingerprint import sources
from engine.parts import gist
from engine.sentences import Encoder, shared_encoder
from engine.vector_cache import encode_cached

ORIGIN = "sentence"
PARTS = "parts"  # the sentences and questions of a message, each a message of its own
READ = "read"  # the text as it is read: with its typos repaired
ASKS = "asks"  # whether a part is a question that is answered by itself


def vector_of(message: Message) -> np.ndarray | None:
    """Return the message's vector, or None when it has none (a tapped button, an empty text)."""
    for features in message.features:
        if features.origin == ORIGIN and features.attribute == TEXT:
            return features.features[0]
    return None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Adds the vector of the text to every message a person typed."""

    def __init__(self, encoder: Encoder, cache: Path) -> None:
        self._encoder, self._cache = encoder, cache

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"cache": ".cache/vectors.npz"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        return cls(shared_encoder(), Path(config["cache"]))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        return sources()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if is_typed(message.get(READ)):
                texts = (message, *(message.get(PARTS) or ()))
                whole, *parts = (text.get(READ) for text in texts)
                vectors = self._encoder.encode_with_parts(gist(whole), parts)
                for text, vector in zip(texts, vectors, strict=True):
                    _add(text, vector)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        typed = [m for m in training_data.training_examples if is_typed(m.get(READ))]
        vectors = encode_cached(self._encoder, [gist(m.get(READ)) for m in typed], self._cache)
        for message, vector in zip(typed, vectors, strict=True):
            _add(message, vector)
        return training_data


def _add(message: Message, vector: np.ndarray) -> None:
    message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, ORIGIN))


def is_typed(text: str | None) -> bool:
    """Tell whether a person typed this; a command of the application begins with a slash."""
    return bool(text and text.strip() and not text.startswith("/"))
