"""The pipeline's intent classifier: what the message wants, with an honest confidence."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.encoder import vector_of
from engine.components.reader import TAGS
from engine.fingerprint import sources
from engine.intents import IntentModel, Text, Understanding, model_from_arrays
from engine.learning import learn
from engine.output import intent_of, response_selector, understanding_of

FILE = "intents.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Learns full retrieval intents (`answer/is_it_permanent`) and ranks them for a message."""

    def __init__(
        self, storage: ModelStorage, resource: Resource, model: IntentModel | None = None
    ) -> None:
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        with model_storage.read_from(resource) as folder, np.load(folder / FILE) as arrays:
            return cls(model_storage, resource, model_from_arrays(dict(arrays)))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        return sources()

    def train(self, training_data: TrainingData) -> Resource:
        examples = [
            (Text(m.get(TEXT), vector, m.get(TAGS, frozenset())), m.get_full_intent())
            for m in training_data.intent_examples
            if (vector := vector_of(m)) is not None
        ]
        texts, names = zip(*examples, strict=True)
        model = learn(texts, names)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / FILE, **model.to_arrays())
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            vector = vector_of(message)
            if vector is not None and self._model is not None:
                text = Text(message.get(TEXT), vector, message.get(TAGS, frozenset()))
                understood = self._model.understand(text)
                self._write(message, understood, self._model)
        return messages

    def _write(self, message: Message, understood: Understanding, model: IntentModel) -> None:
        certain = understood.certainty >= model.threshold
        message.set("intent", intent_of(understood, certain), add_to_output=True)
        ranking = [{"name": n, "confidence": c} for n, c in understood.ranking]
        message.set("intent_ranking", ranking, add_to_output=True)
        selector = response_selector(understood, model.intents)
        message.set("response_selector", selector, add_to_output=True)
        message.set("understanding", understanding_of(understood), add_to_output=True)
