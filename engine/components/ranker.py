"""The pipeline's passage ranker: which of the documents' passages speak about the message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.encoder import PARTS, vector_of
from engine.fingerprint import of_files, sources
from engine.passages import Passages, learn_passages, passages_from_arrays, read_passages
from engine.sentences import shared_encoder
from engine.vector_cache import encode_cached

FILE = "passages.npz"
SECTIONS = "sections"  # each section with the likeness of its nearest passage


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class PassageRanker(GraphComponent):
    """Keeps the passages' vectors with the model and says how near each section comes."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        passages: Passages | None = None,
    ) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._passages = passages

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"passages": "build/passages.json", "cache": ".cache/passages.npz"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PassageRanker:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PassageRanker:
        with model_storage.read_from(resource) as folder, np.load(folder / FILE) as arrays:
            passages = passages_from_arrays(dict(arrays))
        return cls(config, model_storage, resource, passages)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        path = Path(config.get("passages", cls.get_default_config()["passages"]))
        return sources() + of_files([path])

    def train(self, training_data: TrainingData) -> Resource:
        entries = read_passages(Path(self._config["passages"]))
        cache = Path(self._config["cache"])
        passages = learn_passages(
            entries, lambda texts: encode_cached(shared_encoder(), texts, cache)
        )
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / FILE, **passages.to_arrays())
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            for text in (message, *(message.get(PARTS) or ())):
                vector = vector_of(text)
                if vector is not None and self._passages is not None:
                    text.set(SECTIONS, self._passages.nearest(vector))
        return messages
