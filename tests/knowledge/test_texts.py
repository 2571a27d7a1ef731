"""The fixed texts are complete, filled in, and may be worded by the clinic."""

from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError, load_texts

FACTS = {"phone": "01632 960 142", "clinic": "Aldermere"}


def _texts(folder: Path, content: str) -> Path:
    path = folder / "texts.yml"
    path.write_text(content)
    return path


def test_facts_and_own_wordings_are_put_in(tmp_path: Path) -> None:
    path = _texts(
        tmp_path, 'decline:\n  cost: {text: "Ask {phone}.", next: [worth_it]}\n  tax: "No."\n'
    )
    texts = load_texts(path, FACTS, {"decline.tax": "Please ask {clinic}."})
    assert texts["decline.cost"].text == "Ask 01632 960 142."
    assert texts["decline.cost"].next == ("worth_it",)
    assert texts["decline.tax"].text == "Please ask Aldermere."
    assert texts.names("decline") == ("cost", "tax")


@pytest.mark.parametrize(
    ("content", "own", "problem"),
    [
        ("decline:\n  cost: 'Ask {fax}.'\n", {}, "text decline.cost: {fax} is not something"),
        ("decline:\n  cost: 'Ask.'\n", {"decline.tax": "No."}, "there is no text `decline.tax`"),
        ("decline:\n  cost: {text: A, booking: soon}\n", {}, "`booking` must be one of"),
        ("decline:\n  cost: 'Ask {phone'\n", {}, "text decline.cost:"),
    ],
)
def test_wrong_texts_are_named(
    tmp_path: Path, content: str, own: dict[str, str], problem: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_texts(_texts(tmp_path, content), FACTS, own)
    assert problem in caught.value.problems[0]
