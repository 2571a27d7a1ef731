"""The dictionary form of English words, from lemminflect's table, read in a tenth of its memory."""

import gzip
from functools import lru_cache

from lemminflect import config
from spacy.language import Language
from spacy.tokens import Doc

LEMMAS = "candor_lemmas"
# One word may be several: "does" is the verb before it is deer, "injections" a noun and no verb.
PREFERRED = ("aux", "noun", "verb", "adj", "adv")


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    best: dict[str, tuple[int, str]] = {}
    with gzip.open(config.lemma_lu_fn, "rt", encoding="utf-8") as lines:
        for line in lines:
            word, kind, forms = line.strip().split(",")
            rank = PREFERRED.index(kind) if kind in PREFERRED else len(PREFERRED)
            if word not in best or rank < best[word][0]:
                best[word] = (rank, forms.partition("/")[0])
    return {word: form for word, (_, form) in best.items() if form != word}


def lemma(word: str) -> str:
    """Return the word's dictionary form, in lower case; the word itself when it isn't known."""
    return _table().get(word.lower(), word.lower())


@Language.component(LEMMAS)
def add_lemmas(doc: Doc) -> Doc:
    """Set each token's lemma."""
    for token in doc:
        token.lemma_ = lemma(token.text)
    return doc
