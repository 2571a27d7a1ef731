"""The pipeline's reader: words, lemmas, and what the message names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

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

from engine.components.encoder import ASKS, PARTS, is_typed
from engine.fingerprint import of_files, sources
from engine.lexicon import make_reader, read, read_lexicon
from engine.naming import find_entities
from engine.parts import parts_of
from engine.tags import tags_of

LEXICON = "data/lexicon"
TAGS = "tags"


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=False,
)
class Reader(Tokenizer):
    """Splits each message into words with spaCy and finds the entities of the lexicon."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._names = read_lexicon(Path(config["lexicon"]))
        self._nlp = make_reader(self._names)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "lexicon": LEXICON,
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
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        return sources() + of_files(Path(config.get("lexicon", LEXICON)).glob("*.yml"))

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        doc = self._nlp.make_doc(message.get(attribute))
        return [Token(word.text, word.idx) for word in doc if not word.is_space]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        super().process_training_data(training_data)
        for example in training_data.training_examples:
            if is_typed(example.get(TEXT)):
                example.set(TAGS, tags_of(self._find(read(self._nlp, example.get(TEXT)))))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if is_typed(message.get(TEXT)):
                self._read(message)
                found = parts_of(message.get(TEXT))
                parts = [Message({TEXT: part.text, ASKS: part.asks}) for part in found]
                for part in parts:
                    self._read(part)
                message.set(PARTS, parts)
        return messages

    def _read(self, message: Message) -> None:
        doc = read(self._nlp, message.get(TEXT))
        tokens = [Token(w.text, w.idx, lemma=w.lemma_) for w in doc if not w.is_space]
        message.set(TOKENS_NAMES[TEXT], tokens)
        found = self._find(doc)
        message.set(TAGS, tags_of(found))
        message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)

    def _find(self, doc: Doc) -> list[dict[str, Any]]:
        return find_entities(doc, self._names, date.today())
