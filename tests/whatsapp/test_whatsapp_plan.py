"""What is done next for a person: nothing twice in doubt, nothing overtaken, and always an end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.whatsapp.plan import (
    MOST_DOUBTS,
    Drop,
    GiveUp,
    Hold,
    Next,
    Send,
    Wait,
    is_template,
    what_next,
)
from bot.store.whatsapp import Delivery
from tests.whatsapp.plans import NOW, SOON, TEMPLATE, UNDER_WAY, after, delivery, situations


@settings(deadline=None)
@given(deliveries=situations)
def test_nothing_is_sent_freely_when_the_window_is_closed(deliveries: list[Delivery]) -> None:
    step = what_next(deliveries, window=False, at=NOW)
    if isinstance(step, Send):
        assert is_template(step.delivery)
        assert step.delivery.state != "held"
    if isinstance(step, Hold):
        assert step.deliveries
        assert not any(is_template(one) or one.state == "held" for one in step.deliveries)


@settings(deadline=None)
@given(deliveries=situations)
def test_nothing_asks_a_patient_back_who_has_written(deliveries: list[Delivery]) -> None:
    step = what_next(deliveries, window=True, at=NOW)
    assert not (isinstance(step, Send | GiveUp) and is_template(step.delivery))
    assert not isinstance(step, Hold)
    if isinstance(step, Drop):
        assert is_template(step.delivery)


@settings(deadline=None)
@given(deliveries=situations, window=st.booleans())
def test_nothing_is_sent_before_its_time_nor_overtakes(
    deliveries: list[Delivery], window: bool
) -> None:
    step = what_next(deliveries, window=window, at=NOW)
    if isinstance(step, Send):
        sent = step.delivery
        assert sent.due_at <= NOW
        assert step.doubtful is (sent.state in UNDER_WAY)
        before = [one for one in deliveries if one.id < sent.id and not is_template(one)]
        assert is_template(sent) or sent.urgent or not before
        assert not any(one.urgent for one in before) or is_template(sent) or sent.urgent
    if isinstance(step, Hold):
        # Whatever is being sent just now isn't taken away from whoever sends it.
        assert all(one.state == "waiting" or one.due_at <= NOW for one in step.deliveries)
    if isinstance(step, Wait):
        assert NOW < step.until <= max(one.due_at for one in deliveries)


@settings(deadline=None)
@given(
    deliveries=situations,
    window=st.booleans(),
    answers=st.lists(st.sampled_from(["unsure", "again"]), max_size=8),
)
def test_there_is_always_an_end(
    deliveries: list[Delivery], window: bool, answers: list[str]
) -> None:
    sent: dict[int, int] = {}
    at, left = NOW, [*answers]
    for _ in range(100):
        step = what_next(deliveries, window=window, at=at)
        if step is None:
            break
        if isinstance(step, Send):
            sent[step.delivery.id] = sent.get(step.delivery.id, 0) + 1
        answer = left.pop() if left and isinstance(step, Send) else "accepted"
        deliveries, at = after(deliveries, step, at, answer)
    else:
        raise AssertionError("there is always something to be done")
    # What is left waits for the patient to write.
    assert all(one.state == "held" for one in deliveries)
    assert not (window and deliveries)


def test_what_is_never_heard_of_is_given_up() -> None:
    deliveries, at, sent = [delivery(1), delivery(2)], NOW, []
    for _ in range(100):
        step = what_next(deliveries, window=True, at=at)
        if step is None:
            break
        if isinstance(step, Send):
            sent.append(step.delivery.id)
        deliveries, at = after(deliveries, step, at, "unsure")
    assert sent == [1] * MOST_DOUBTS + [2] * MOST_DOUBTS
    assert deliveries == []


LATER = {"due_at": NOW + SOON}


@pytest.mark.parametrize(
    ("deliveries", "window", "expected"),
    [
        ([], True, None),
        ([], False, None),
        ([delivery(1)], True, Send(delivery(1), doubtful=False)),
        ([delivery(1, "held")], True, Send(delivery(1, "held"), doubtful=False)),
        ([delivery(1, "unsure")], True, Send(delivery(1, "unsure"), doubtful=True)),
        ([delivery(1, "sending", **LATER), delivery(2)], True, Wait(NOW + SOON)),
        (
            [delivery(2, urgent=True), delivery(1, "sending", **LATER)],
            True,
            Send(delivery(2, urgent=True), doubtful=False),
        ),
        ([delivery(1), delivery(2)], False, Hold((delivery(1), delivery(2)))),
        ([delivery(1, "held")], False, None),
        ([delivery(1, "sending", **LATER)], False, Wait(NOW + SOON)),
        (
            [delivery(1, "held"), delivery(2, content=TEMPLATE)],
            False,
            Send(delivery(2, content=TEMPLATE), doubtful=False),
        ),
        (
            [delivery(1, "held"), delivery(2, content=TEMPLATE)],
            True,
            Drop(delivery(2, content=TEMPLATE)),
        ),
    ],
)
def test_examples(deliveries: list[Delivery], window: bool, expected: Next) -> None:
    assert what_next(deliveries, window=window, at=NOW) == expected
