"""Clear cases of no words or another language are told apart; English in any shape is kept."""

import pytest

from bot.knowledge.language import has_words, is_blank, is_english


@pytest.mark.parametrize(
    "text",
    [
        "¿Cuánto tiempo dura el tratamiento para la rodilla?",
        "Wie lange dauert es, bis die Behandlung wirkt und ist sie sicher?",
        "Combien de temps est-ce que ça dure pour le genou ?",
        "क्या यह स्थायी है",
        "¿Es permanente el tratamiento?",
        "hola, cuánto cuesta",
        "quanto tempo dura o tratamento",
        "这是永久的吗",
        "هل هذا دائم",
    ],
)
def test_other_languages_are_recognised(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "is it permanent",
        "permanent?",
        "will it las",
        "knee pain 3 wks no chnge",
        "these cells work like a painkiller only na?",
        "my mother-in-law, 72, bone on bone, can it be done sir",
        "arthritis",
        "die I want to",
        "I'm 70",
    ],
)
def test_english_is_kept(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", ["", "🙂🙂🙂", "?!?!", "12345", "\x00\x01", "a"])
def test_no_words(text: str) -> None:
    assert not has_words(text)


@pytest.mark.parametrize(
    ("text", "blank"), [("?", True), ("", True), ("123 !", True), ("k", False), ("👍", False)]
)
def test_blank_is_neither_letter_nor_picture(text: str, blank: bool) -> None:
    assert is_blank(text) is blank
