"""The pipeline's reader: typos repaired, words, lemmas, and what the message names."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.tokens import Doc

from engine.components.encoder import ASKS, PARTS, READ, is_typed
from engine.fingerprint import of_files, sources
from engine.lexicon import make_reader, read, read_lexicon
from engine.naming import find_entities, mark_asides
from engine.parts import parts_of, split_parts
from engine.passages import read_passages
from engine.spelling import Spelling, learn_spelling, spelling_from_arrays
from engine.tag_cache import tags_cached
from engine.tags import tags_of

FILE = "spelling.npz"
MARKUP = re.compile(r"</?[a-z][^<>]{0,80}>", re.IGNORECASE)  # of a pasted page; it asks nothing
TAGS = "tags"
# A Wednesday. What "last Monday" says in an example must not hang on the day of training.
DAY_OF_EXAMPLES = date(2025, 1, 8)


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=True,
)
class Reader(Tokenizer):
    """Repairs each message's typos, splits it into words and finds the lexicon's entities."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        spelling: Spelling | None = None,
    ) -> None:
        super().__init__(config)
        self._config, self._storage, self._resource = config, storage, resource
        self._spelling = spelling
        self._names = read_lexicon(Path(config["lexicon"]))
        self._nlp = make_reader(self._names)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "lexicon": "data/lexicon",
            "passages": "build/passages.json",
            "cache": ".cache/tags.json",
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Reader:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Reader:
        with model_storage.read_from(resource) as folder, np.load(folder / FILE) as arrays:
            return cls(config, model_storage, resource, spelling_from_arrays(dict(arrays)))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        used = {**cls.get_default_config(), **config}
        lexicon = Path(used["lexicon"]).glob("*.yml")
        return sources() + of_files([*lexicon, Path(used["passages"])])

    def train(self, training_data: TrainingData) -> Resource:
        texts = [m.get(TEXT) for m in training_data.training_examples]
        passages = read_passages(Path(self._config["passages"]))
        documents = (f"{entry.heading} {entry.text}" for entry in passages)
        spelling = learn_spelling(filter(is_typed, texts), documents, self._names)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / FILE, **spelling.to_arrays())
        return self._resource

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        doc = self._nlp.make_doc(message.get(attribute))
        return [Token(word.text, word.idx) for word in doc if not word.is_space]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        # No step learns from the examples' words one by one, so they aren't split.
        typed = [m for m in training_data.training_examples if is_typed(m.get(TEXT))]
        texts = [self._repaired(example.get(TEXT)) for example in typed]
        tags = tags_cached(texts, self._tags, self._made_by(), Path(self._config["cache"]))
        for example, text, found in zip(typed, texts, tags, strict=True):
            example.set(READ, text)
            example.set(TAGS, found)
        return training_data

    def _tags(self, text: str) -> frozenset[str]:
        doc = read(self._nlp, text)
        return tags_of(find_entities(doc, self._names, DAY_OF_EXAMPLES))

    def _made_by(self) -> str:
        return sources() + of_files(Path(self._config["lexicon"]).glob("*.yml"))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if is_typed(message.get(TEXT)):
                message.set(READ, self._repaired(message.get(TEXT)))
                self._read(message)
                text = message.get(READ)
                split = split_parts(text)
                mark_asides(message.get(ENTITIES), text, split)
                found = parts_of(text, split)
                parts = [Message({READ: part.text, ASKS: part.asks}) for part in found]
                for part in parts:
                    self._read(part)
                message.set(PARTS, parts)
        return messages

    def _repaired(self, text: str) -> str:
        text = MARKUP.sub(" ", text).strip() or text
        return text if self._spelling is None else self._spelling.repair(text)

    def _read(self, message: Message) -> None:
        doc = read(self._nlp, message.get(READ))
        tokens = [Token(w.text, w.idx, lemma=w.lemma_) for w in doc if not w.is_space]
        message.set(TOKENS_NAMES[TEXT], tokens)
        found = self._find(doc)
        message.set(TAGS, tags_of(found))
        message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)

    def _find(self, doc: Doc) -> list[dict[str, Any]]:
        return find_entities(doc, self._names, date.today())
