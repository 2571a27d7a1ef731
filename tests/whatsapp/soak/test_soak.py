"""Everything that can fail fails at once, and no patient is lost, confused or written to twice."""

from pathlib import Path

import pytest

from tests.whatsapp.soak.plan import Plan
from tests.whatsapp.soak.report import told
from tests.whatsapp.soak.run import soak

pytestmark = pytest.mark.slow

# So many kills that the run takes two minutes at most; `make soak` has more of them.
PLAN = Plan(seed=1, applications=2, engines=1)


async def test_nothing_is_lost_out_of_order_or_sent_twice_without_need(tmp_path: Path) -> None:
    outcome = await soak(PLAN, tmp_path)
    print(told(outcome))
    assert outcome.wrong == [], told(outcome)
