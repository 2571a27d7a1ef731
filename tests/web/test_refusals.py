"""Whatever is refused is told in the clinic's own words."""

import re

import pytest

from bot.channels.refusal import MISHAPS, Refused, refusal_of
from bot.knowledge import Texts
from bot.runtime.texts import fixed_texts
from bot.web.errors import CODES
from tests.web.clinic_site import ROOT, site_settings


@pytest.fixture(scope="module")
def texts() -> Texts:
    return fixed_texts(site_settings("http://clinic.test"))


def _codes() -> set[str]:
    """Return the codes of refusals that bring no reason of their own."""
    sources = "".join(path.read_text() for path in (ROOT / "bot").rglob("*.py"))
    raised = set(re.findall(r'Refused\(\d+, "(\w+)"(?:, retry_after=[^"]*)?\)', sources))
    return raised | set(CODES.values())


def test_each_refusal_has_its_text_and_each_text_its_refusal(texts: Texts) -> None:
    assert _codes() == set(texts.names("refusal"))


@pytest.mark.parametrize("kind", MISHAPS[1:])
def test_a_mishap_is_told_in_words(texts: Texts, kind: type[Exception]) -> None:
    assert refusal_of(kind()).words(texts).endswith(".")


def test_a_reason_for_programmers_goes_before_the_text(texts: Texts) -> None:
    refused = Refused(400, "bad_key", "key must have 8 to 64 characters.")
    assert refused.to_dict(texts) == {
        "code": "bad_key",
        "message": "key must have 8 to 64 characters.",
    }
