"""The picture of the months after a knee treatment, in the words of the knee article's headings."""

from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import resvg_py

from bot.knowledge.phases import KNEE


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
LAST_DAY = 365
# On a server there may be no font at all; this one comes with matplotlib.
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
SCALE = 2.0  # sharp on a phone


@dataclass(frozen=True, slots=True)
class Here:
    """Where a patient is on the way: the day after treatment, and where that is drawn."""

    day: int
    step: Step
    y: float


def here(day: int) -> Here:
    """Return where the day after treatment stands in the picture; days beyond it at its end."""
    ends = [phase.last for phase in KNEE]
    place = min(bisect_left(ends, day), len(STEPS) - 1)
    begin = ends[place - 1] if place else 0
    along = min(1.0, (day - begin) / (ends[place] - begin))
    step = STEPS[place]
    return Here(day, step, step.top if place == len(STEPS) - 1 else step.top + along * STRIDE / 2)


def png(svg: str) -> bytes:
    """Return the picture for channels that show no SVG, on white."""
    faces = [str(FONTS / name) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]
    image: bytes = resvg_py.svg_to_bytes(
        svg_string=svg,
        background="#ffffff",
        zoom=SCALE,
        skip_system_fonts=True,
        font_files=faces,
        font_family="DejaVu Sans",
        sans_serif_family="DejaVu Sans",
    )
    return bytes(image)
