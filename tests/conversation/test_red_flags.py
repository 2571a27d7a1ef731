"""An emergency is told at once, and a question about one is answered as a question."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.red_flags import load_red_flags, red_flag_check
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.texts import FixedText, Texts

ROOT = Path(__file__).parents[2]
LIST = ROOT / "data" / "redflags.yml"
FLAGS = load_red_flags(LIST)
CASES = yaml.load((Path(__file__).parent / "red_flag_cases.yml").read_text(), yaml.CSafeLoader)

FEW = """
words:
  chest: [chest]
  painful: [pain, sore]
signs:
  chest_pain: [<chest> ~ <painful>]
  hot: [hot]
  red: [red]
flags:
  clot_or_heart:
  - [chest_pain]
  joint_infection:
  - [hot, red]
denials: ["no", without]
fillers: [very]
past: [years ago]
over: [better]
asking: [what if]
general: [ever]
now: [right now]
harmless: [hot bath]
count_always: [chest_pain]
often_misspelt: [chest]
other_words: [chess]
"""


@pytest.mark.parametrize("fitting", CASES["urgent"])
def test_an_emergency_is_found(fitting: str) -> None:
    found = {text: FLAGS.find(text) for text in CASES["urgent"][fitting]}
    flags = fitting.split(" | ")
    assert [(text, flag) for text, flag in found.items() if flag not in flags] == []


def test_a_harmless_message_is_left_alone() -> None:
    found = {text: FLAGS.find(text) for text in CASES["harmless"]}
    assert [(text, flag) for text, flag in found.items() if flag is not None] == []


@pytest.mark.parametrize(
    "text",
    [
        "I have no fever and no pus, only a sore knee",
        "the knee aches, without any sign of fever or redness",
        "my throat is not swollen",
        "no chest pain or breathlessness since the injection",
        "she never had a stroke",
        "the bruise isn't bleeding",
        "my knee aches, but no fever, heat, pus or redness",
        "it was never hot or red after the needle",
    ],
)
def test_what_is_denied_does_not_count(text: str) -> None:
    assert FLAGS.find(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "my father had a stroke, in 2010, and wants his knee done",
        "as a child, I had septic arthritis in this hip",
        "I had a swollen leg in the first week, it turned out to be nothing",
        "past history of cellulitis, resolved",
        "my sister had chest pain from it, has that ever happened to anyone else",
        "would I be eligible with one side of my face drooping",
        "my aunt took her own life",
    ],
)
def test_what_is_past_or_over_or_asked_in_general_does_not_count(text: str) -> None:
    assert FLAGS.find(text) is None


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("no swelling, my throat is closing", "allergic_reaction"),
        ("in 2010 I had a new hip, and my calf is swollen and hot", "clot_or_heart"),
        ("the wound healed well. Now there is pus", "joint_infection"),
        ("would you treat this? I can't breathe right now", "clot_or_heart"),
        ("would I be eligible? I want to kill myself", "self_harm"),
        ("no fever but my throat is closing", "allergic_reaction"),
        ("I had a stroke in 2015 and now my face is drooping", "stroke_or_collapse"),
        ("I have had asthma for years and I can't breathe", "clot_or_heart"),
        ("what if I get a fever? my face is drooping", "stroke_or_collapse"),
        ("I can't breathe, what if I get worse", "clot_or_heart"),
        ("what happens if I get it wrong and kill myself", "self_harm"),
        ("years ago I wanted to kill myself", "self_harm"),
        ("it is not only sore, I am coughing blood", "clot_or_heart"),
    ],
)
def test_another_time_or_a_what_if_hides_no_present_sign(text: str, flag: str) -> None:
    assert FLAGS.find(text) == flag


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("my throat is swollen, I have a fever and a hot red knee", "allergic_reaction"),
        ("swollen calf and breathless, with a fever since the injection", "clot_or_heart"),
        ("fever, hot swollen knee, and now his speech is slurred", "stroke_or_collapse"),
        ("took 30 tablets because I want to die", "bleeding_or_poisoning"),
    ],
)
def test_the_gravest_flag_is_told(text: str, flag: str) -> None:
    assert FLAGS.find(text) == flag


@pytest.mark.parametrize(
    "text",
    ["MY THROAT’S CLOSING!!!", "my throte is swolen", "can not breath", "sever bleding, wont stop"],  # noqa: RUF001
)
def test_spelling_and_shouting_make_no_difference(text: str) -> None:
    assert FLAGS.find(text) is not None


def test_a_sign_does_not_reach_over_a_clause() -> None:
    assert FLAGS.find("I hurt my knee; my chest size is 42") is None


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["no", "or", "|", "^", "chest", "."])).map(" ".join)
)
def test_any_text_can_be_read(text: str) -> None:
    assert FLAGS.find(text) in {None, *FLAGS.flags}


@pytest.mark.parametrize(
    "part",
    ["chest ", "no or ", "a.", "x", "swollen lips, ", "I want to not ", "...1", "'s ", "\u200b "],
)
def test_a_long_text_takes_no_longer(part: str) -> None:
    text = (part * 10_000)[:10_000]
    # What grew with the square of a text's length would take minutes.
    assert min(seconds(text) for _ in range(5)) < 0.5


def seconds(text: str) -> float:
    begun = time.process_time()
    FLAGS.find(text)
    return time.process_time() - begun


def test_every_flag_has_its_text() -> None:
    texts = yaml.safe_load((ROOT / "data" / "texts.yml").read_text())["urgent"]
    assert set(FLAGS.flags) <= set(texts)


def test_the_message_is_urgent_and_names_the_flag() -> None:
    check = red_flag_check(FLAGS, Texts({"urgent.clot_or_heart": FixedText("Ring 999 now.")}))
    message = check("I have chest pain")
    assert message is not None
    assert (message.kind, message.intent, message.text) == (
        "urgent",
        "clot_or_heart",
        "Ring 999 now.",
    )
    assert check("how long does it last") is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("\nharmless: [", "\nharmles: [", "`harmless` must be a list"),
        ("\nflags:\n", "\nflag:\n", "`flags` must hold named lists"),
        ("- [chest_pain]", "- [chest_pian]", "the sign `chest_pian` has no phrases"),
        ("- [chest_pain]", "- chest_pain", "`flags: clot_or_heart` must be a list"),
        ("<chest> ~ <painful>", "<chst> ~ <painful>", "no group of words `<chst>`"),
        ('denials: ["no",', "denials: [no,", "write False in quotes"),
        ("  hot: [", "  hot: [fiery .., ", "`fiery ..` must begin and end with a word"),
        ("  hot: [", "  cold: [cold]\n  hot: [", "the sign `cold` is in no red flag"),
        ("  red: [", "  hot: [", "`hot` is written twice"),
    ],
)
def test_a_mistake_in_the_list_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    path = tmp_path / "redflags.yml"
    path.write_text(FEW)
    load_red_flags(path)
    assert old in FEW
    path.write_text(FEW.replace(old, new, 1))
    with pytest.raises(KnowledgeError, match=r"redflags\.yml: ") as caught:
        load_red_flags(path)
    assert any(problem in line for line in caught.value.problems)
