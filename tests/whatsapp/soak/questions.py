"""What the invented patients write, and by what their answers are known."""

import random
from dataclasses import dataclass
from functools import cache

from bot.knowledge import load_knowledge
from tests.whatsapp.soak.running import ROOT

# What is typed, and the intent of the reply to it alone.
TEXTS = {
    "Is it permanent?": "is_it_permanent",
    "How long do the results last?": "how_long_it_lasts",
    "Is it safe?": "is_it_safe",
    "Is it worth the money?": "worth_it",
    "How much does it cost?": "cost",
    "Where do the cells come from?": "cell_sources",
    "When will I feel better?": "when_will_it_work",
    "Can I drive home afterwards?": "activity_details",
    "Who is it for?": "is_it_for_me",
    "Does it work for a torn meniscus?": "other_diseases",
    "Good morning": "greet",
    "What are your opening hours?": "opening_hours",
    "Is there any evidence?": "studies",
    "Is it better than steroid injections?": "versus_steroids",
    "I'm 74, am I too old?": "age",
    "What is the weather like?": "off_topic",
}
EMERGENCIES = {
    "I can't breathe and my throat is swelling": "allergic_reaction",
    "My chest hurts and my left arm is numb": "clot_or_heart",
    "My knee is hot, red and very swollen and I have a fever since the injection": (
        "joint_infection"
    ),
}
# Answers that only a tap leads to here, also when texts are read together, so that each shows which
# tap it is the reply to.
TAPS = (
    "technique",
    "knee_arthritis",
    "hip",
    "back_or_spine",
    "tendon_or_ligament",
    "diet_and_lifestyle",
    "avoid_surgery",
)
OPENING = 30  # characters by which an answer is known
NO_ANSWER = "I can't answer just now"
URGENT = "can't judge this for you"  # stands in every reply to an emergency, and in no other


@dataclass(frozen=True, slots=True)
class Written:
    """What a patient writes at once: one text, several in a burst, a tap or an emergency."""

    kind: str
    texts: tuple[str, ...]


def draw(chance: random.Random) -> Written:
    """Return what a patient writes next."""
    share = chance.random()
    if share < 0.2:
        return Written("tap", (chance.choice(TAPS),))
    if share < 0.24:
        return Written("emergency", (chance.choice(list(EMERGENCIES)),))
    if share < 0.36:
        return Written("burst", tuple(chance.sample(list(TEXTS), chance.randint(2, 4))))
    return Written("text", (chance.choice(list(TEXTS)),))


@cache
def openings() -> dict[str, str]:
    """Return how the reply to each tap begins, by the answer."""
    answers = load_knowledge(ROOT).answers
    found = {name: answers[name].general.says[0].text.split("\n")[0][:OPENING] for name in TAPS}
    assert len(set(found.values())) == len(TAPS), "two taps have the same answer"
    return found
