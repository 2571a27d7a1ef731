"""One text counted at once gives the row that scikit-learn gives."""

import numpy as np
import pytest

from engine.words import learn_words, words_from_arrays

TEXTS = [
    "is it permanent",
    "How long does it last, and is it permanent?",
    "my knee, my knee, my knee hurts",
    "does it hurt a bit",
    "is a knee injection safe for me",
    "it hurts a lot when I walk",
] * 2


@pytest.mark.parametrize(
    "text",
    ["", " ", "?!", "zzz qqq", "is it a", "My knee  hurts, KNEE!", "how\tlong\nis it", *TEXTS[:6]],
)
def test_one_text_is_counted_as_many_are(text: str) -> None:
    words = words_from_arrays(learn_words(TEXTS)[0].to_arrays())
    columns, values = words.count_one(text)
    row = np.zeros(len(words.counter.vocabulary_))
    row[columns] = values
    assert np.allclose(row, words.count([text]).toarray()[0], atol=1e-6)
