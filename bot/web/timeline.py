"""The steps of the knee timeline's picture, in the words of the knee article's headings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One phase: its section, when it is, what is usual, and where and how large it is drawn."""

    section: str
    when: str
    what: str
    top: int
    radius: int


TOP, STRIDE = 84, 54
PHASES = (
    ("knee-timeline#days-1-3", "Days 1 to 3", "Some soreness or swelling is normal"),
    ("knee-timeline#weeks-1-2", "Weeks 1 and 2", "Often no change yet: a time to rest"),
    ("knee-timeline#weeks-3-6", "Weeks 3 to 6", "Many people notice a first improvement"),
    ("knee-timeline#months-1-3", "Months 1 to 3", "Less pain, easier movement"),
    ("knee-timeline#months-3-6", "Months 3 to 6", "Often the clearest improvement"),
    ("knee-timeline#months-6-12", "Months 6 to 12", "The full benefit, which can take a year"),
)
STEPS = tuple(
    Step(section, when, what, TOP + STRIDE * place, 5 + 2 * place)
    for place, (section, when, what) in enumerate(PHASES)
)
