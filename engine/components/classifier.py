"""The pipeline's intent classifier: what the message wants, and whether that is sure enough."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.encoder import ASKS, PARTS, READ, vector_of
from engine.components.ranker import SECTIONS
from engine.components.reader import TAGS
from engine.fingerprint import of_files, sources
from engine.gates import (
    Gates,
    Topic,
    Verdict,
    decide,
    gates_from_array,
    gates_to_array,
    read_gates,
    red_flag,
)
from engine.intents import IntentModel, Text, Understanding, model_from_arrays
from engine.learning import learn
from engine.output import SHOWN, intent_of, part_of, reading_of, response_selector
from engine.passages import read_topics, topics_from_array, topics_to_array

FILE = "intents.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Learns full retrieval intents (`answer/is_it_permanent`) and decides on one for a message."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        trained: tuple[IntentModel, Gates, dict[str, Topic]] | None = None,
    ) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._trained = trained

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"gates": "data/gates.yml", "passages": "build/passages.json"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        with model_storage.read_from(resource) as folder, np.load(folder / FILE) as file:
            arrays = dict(file)
        gates, topics = gates_from_array(arrays["gates"]), topics_from_array(arrays["topics"])
        trained = (model_from_arrays(arrays), gates, topics)
        return cls(config, model_storage, resource, trained)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        used = {**cls.get_default_config(), **config}
        return sources() + of_files([Path(used["gates"]), Path(used["passages"])])

    def train(self, training_data: TrainingData) -> Resource:
        examples = [
            (_text_of(m), m.get_full_intent())
            for m in training_data.intent_examples
            if vector_of(m) is not None
        ]
        texts, names = zip(*examples, strict=True)
        gates = read_gates(Path(self._config["gates"]))
        topics = read_topics(Path(self._config["passages"]))
        arrays = learn(texts, names).to_arrays()
        arrays |= {"gates": gates_to_array(gates), "topics": topics_to_array(topics)}
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / FILE, **arrays)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if vector_of(message) is not None and self._trained is not None:
                self._write(message, *self._trained)
        return messages

    def _write(
        self, message: Message, model: IntentModel, gates: Gates, topics: dict[str, Topic]
    ) -> None:
        def judge(one: Message, found: Understanding, **of: Any) -> Verdict:
            return decide(found, one.get(SECTIONS) or {}, topics, gates, **of)

        understood = model.understand(_text_of(message))
        parts = [(part, model.understand(_text_of(part))) for part in message.get(PARTS) or ()]
        verdict = judge(message, understood, parts=[found for _, found in parts])
        alarm = red_flag(understood, [found for _, found in parts], gates)
        if alarm.sure:
            chance = alarm.chance
            verdict = Verdict(f"urgent/{alarm.flag}", chance, "red flag", chance, gates.urgent)
        message.set("intent", intent_of(verdict), add_to_output=True)
        ranking = [{"name": n, "confidence": c} for n, c in understood.ranking[:SHOWN]]
        message.set("intent_ranking", ranking, add_to_output=True)
        selector = response_selector(verdict, model.intents)
        message.set("response_selector", selector, add_to_output=True)
        understanding = {
            "read": message.get(READ),
            **reading_of(understood, verdict),
            "urgent": asdict(alarm),
            "parts": [
                part_of(
                    reading_of(found, judge(part, found, part=True)),
                    part.get(READ),
                    part.get(ENTITIES, []),
                )
                for part, found in parts
                if part.get(ASKS)
            ],
        }
        message.set("understanding", understanding, add_to_output=True)


def _text_of(message: Message) -> Text:
    return Text(message.get(READ), vector_of(message), message.get(TAGS, frozenset()))
