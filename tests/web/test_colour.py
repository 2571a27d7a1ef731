"""Whatever accent a clinic chooses, its texts can be read, on light and on dark."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.web.colour import contrast, dark_theme, light_theme
from bot.web.templating import make_templates
from bot.web.widget import tokens_css
from tests.web.clinic_site import site_settings

accents = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_the_standard() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@given(accents)
def test_any_accent_stays_readable(accent: str) -> None:
    for theme, pages in (
        (light_theme(accent), ("#ffffff",)),
        (dark_theme(accent), ("#0e1414", "#182121")),
    ):
        assert contrast(theme["on-accent"], theme["accent"]) >= 4.5
        for page in (*pages, theme["accent-soft"]):
            assert contrast(theme["accent-ink"], page) >= 4.5
        for page in pages:
            assert contrast(theme["accent"], page) >= 3


def test_the_fixed_colours_are_readable() -> None:
    clinic = site_settings("http://clinic.test").clinic
    for scheme in ("light", "dark"):
        css = tokens_css(make_templates(clinic), clinic.accent, scheme)
        # Of two values the later one counts, as in a browser.
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))
        for page in ("page", "raised", "sunken"):
            assert contrast(colours["ink"], colours[page]) >= 7
            assert contrast(colours["ink-soft"], colours[page]) >= 4.5
            assert contrast(colours["line-strong"], colours[page]) >= 3
        for page in ("page", "urgent-soft"):
            assert contrast(colours["urgent"], colours[page]) >= 4.5
        assert contrast(colours["on-urgent"], colours["urgent"]) >= 4.5
