"""The form of the call-back: asked one thing at a time, left, resumed, corrected, kept."""

from datetime import datetime, timedelta

import pytest

from actions.callbacks.when import offers, opens, promise, read_when, soon
from bot.conversation.callbacks import CallBack, Withdrawn, wish_from_dict
from tests.actions.callback_clinic import MONDAY, ZONE, Chat, clock

SURE = {"scope": 0.95, "nearest": 0.95}
ASKED = ("answer/is_it_permanent", 1.0, 0.9)


async def asked_all(chat: Chat) -> None:
    """Bring a new conversation to the summary."""
    await chat.say("please ring me on 07700 900142", "call_back", **SURE)
    await chat.say("Priya Raman")
    await chat.say("Tomorrow morning")
    await chat.say("the price", "decline/cost", **SURE)


def labels(chat: Chat) -> list[str]:
    return [one["label"] for one in chat.told[-1]["suggestions"]]


async def test_it_asks_one_thing_at_a_time_and_hands_on_what_is_confirmed() -> None:
    chat = Chat()
    steps = []
    for said, intent in (
        ("call me", "call_back"),
        ("Priya Raman", "decline/off_topic"),
        ("07700 900142", "clinic/contact"),
        ("Tomorrow morning", "decline/off_topic"),
        ("Skip", "deny"),
    ):
        told = await chat.say(said, intent)
        assert len(told) == 1
        steps.append(chat.last)
    assert steps == [
        f"callback/{name}" for name in ("name", "number", "when", "about", "confirmed")
    ]
    for part in ("Priya Raman", "07700 900142", "Tuesday 24 March, in the morning", "not said"):
        assert part in chat.text
    assert not chat.wishes
    await chat.say("Yes, ring me", "call_back", **SURE)
    assert chat.last == "callback/kept"
    assert "07700 900142 tomorrow by noon" in chat.text
    assert "cancel the call-back" in chat.text
    due = datetime(2026, 3, 24, 12, 0, tzinfo=ZONE)
    wish = wish_from_dict(chat.wishes[0])
    assert wish == CallBack(
        "Priya Raman", "+447700900142", "Tuesday 24 March, in the morning", due, ""
    )
    assert chat.waits_for is None
    assert not any(name.startswith("callback_n") and chat.slots[name] for name in chat.slots)


@pytest.mark.parametrize(
    ("first", "filled"),
    [
        ("please ring me on 07700 900142", {"number": "+447700900142"}),
        ("call me 07700900142", {"number": "+447700900142"}),
        (
            "my name is Tom Reed, please call me tomorrow morning on 01632 960123",
            {"name": "Tom Reed", "number": "+441632960123", "when": "2026-03-24T12:00:00+00:00"},
        ),
        ("can someone ring me after 5", {"when": "2026-03-23T18:00:00+00:00"}),
        ("could somebody from the clinic call me about my scan", {"about": "my scan"}),
        ("hi this is Maria, can you phone me", {"name": "Maria"}),
        (
            "ring me on 01632 960123, name: Zoë Hall, it's about insurance, mornings",
            {
                "number": "+441632960123",
                "name": "Zoë Hall",
                "about": "insurance",
                "when": "2026-03-23T12:00:00+00:00",
            },
        ),
        ("call me at 5", {"when": "2026-03-23T17:00:00+00:00"}),
        ("ring me tonight, about eight", {"when": "2026-03-24T10:30:00+00:00"}),
        *[
            (nothing, {})
            for nothing in (
                *("call me back", "can somebody call me", "I missed your call this morning"),
                "please telephone our office on extension 214 regarding 3 of them",
                "call my daughter please, I can't hear well",
            )
        ],
    ],
)
async def test_what_the_first_message_says_is_not_asked_again(
    first: str, filled: dict[str, str]
) -> None:
    chat = Chat()
    await chat.say(first, "call_back", **SURE)
    found = {
        name: chat.slots[f"callback_{name}"]
        for name in ("name", "number", "when", "about")
        if chat.slots.get(f"callback_{name}") is not None
    }
    found |= {"when": found["when"]["due"]} if "when" in found else {}
    assert found.keys() - {"about"} == filled.keys() - {"about"}
    assert {name: found[name] for name in filled} == filled
    assert "don't write" not in chat.text.lower()


async def test_a_number_that_is_none_is_told_so_with_an_example() -> None:
    chat = Chat()
    await chat.say("call me", "call_back")
    await chat.say("Tom")
    for wrong in ("12345", "07700 90014", "oh seven seven"):
        await chat.say(wrong)
        if chat.waits_for is None:
            break
        assert "not a telephone number" in chat.text
        assert "0121 234 5678" in chat.text
    assert chat.last == "callback/gave_up"
    assert not chat.wishes


async def test_a_question_in_between_is_answered_and_the_form_goes_on() -> None:
    chat = Chat()
    await chat.say("call me", "call_back")
    answer, offer = await chat.say("is it permanent?", *ASKED)
    assert (answer["kind"], offer["intent"]) == ("answer", "callback/go_on")
    assert [one["label"] for one in offer["suggestions"]] == ["Go on with the call", "Never mind"]
    await chat.say("yes", "affirm", **SURE)
    assert chat.last == "callback/name"
    await chat.say("is it permanent?", *ASKED)
    await chat.say("Priya Raman")
    assert chat.last == "callback/number"


async def test_asking_on_is_not_nagged_about_and_nothing_is_lost() -> None:
    chat = Chat()
    await chat.say("please ring me on 07700 900142", "call_back", **SURE)
    told = [len(await chat.say("is it permanent?", *ASKED)) for _ in range(4)]
    assert told == [2, 2, 1, 1]
    chat.later(hours=9)
    await chat.say("please call me", "call_back", **SURE)
    assert chat.last == "callback/name"
    await chat.say("Priya")
    assert chat.slots["callback_number"] == "+447700900142"


async def test_the_next_day_it_begins_anew() -> None:
    chat = Chat()
    await chat.say("please ring me on 07700 900142", "call_back", **SURE)
    chat.later(hours=13)
    [answer] = await chat.say("is it permanent?", *ASKED)
    assert answer["kind"] == "answer"
    assert chat.waits_for is None
    assert chat.slots.get("callback_number") is None


async def test_the_next_day_a_call_can_be_asked_for_anew() -> None:
    chat = Chat()
    await chat.say("please ring me on 07700 900142", "call_back", **SURE)
    chat.later(hours=13)
    told = await chat.say("call me back", "call_back", **SURE)
    assert [one["intent"] for one in told] == ["callback/name"]
    assert chat.slots.get("callback_number") is None


async def test_a_question_for_the_call_can_be_noted() -> None:
    chat = Chat()
    await chat.say("please ring me on 07700 900142", "call_back", **SURE)
    await chat.say("Priya")
    await chat.say("Tomorrow morning")
    await chat.say("is it permanent?", *ASKED)
    assert "Note my question" in labels(chat)
    await chat.say("Note my question", "chat/feedback_bad", **SURE)
    assert "About: is it permanent?" in chat.text


async def test_a_red_flag_comes_first_and_nothing_of_the_form_is_lost() -> None:
    chat = Chat()
    await asked_all(chat)
    told = await chat.say("I have chest pain", "urgent/clot_or_heart", **SURE)
    assert [one["kind"] for one in told] == ["urgent"]
    assert not told[0]["suggestions"]
    await chat.say("yes", "affirm", **SURE)
    assert chat.last == "callback/confirmed"
    assert not chat.wishes
    await chat.say("yes", "affirm", **SURE)
    assert len(chat.wishes) == 1


async def test_what_is_wrong_is_asked_again_and_the_rest_stays() -> None:
    chat = Chat()
    await asked_all(chat)
    await chat.say("Change something")
    assert labels(chat) == ["The name", "The number", "The time", "What it is about"]
    await chat.say("The number", "clinic/contact", **SURE)
    assert chat.last == "callback/number"
    await chat.say("07700 900143", "clinic/contact")
    assert "07700 900143" in chat.text
    await chat.say("no, it's Thomas Reed")
    assert "Thomas Reed" in chat.text
    assert chat.last == "callback/confirmed"


async def test_a_time_that_passes_meanwhile_is_asked_for_again() -> None:
    chat = Chat()
    await chat.say("please ring me on 07700 900142 at 11", "call_back", **SURE)
    await chat.say("Priya")
    await chat.say("Skip", "deny")
    chat.later(hours=2)
    await chat.say("yes", "affirm", **SURE)
    assert (chat.last, chat.wishes) == ("callback/when", [])
    assert "has passed" in chat.text


@pytest.mark.parametrize("own", ["+447700900142", None])
async def test_the_number_one_writes_from_is_offered_where_it_is_known(own: str | None) -> None:
    chat = Chat(own=own)
    await chat.say("call me", "call_back")
    await chat.say("Priya")
    assert ("Ring this number" in labels(chat)) is (own is not None)
    await chat.say("Ring this number", "call_back", **SURE)
    if own is None:
        assert chat.last == "callback/number"
        assert "I can't see your number" in chat.text
    else:
        assert chat.slots["callback_number"] == own


async def test_it_is_withdrawn_told_and_changed() -> None:
    chat = Chat()
    await chat.say("cancel the call-back", "call_back", **SURE)
    assert chat.last == "callback/nothing"
    await asked_all(chat)
    await chat.say("yes", "affirm", **SURE)
    await chat.say("nobody called me", "call_back", **SURE)
    assert chat.last == "callback/noted"
    assert "tomorrow by noon" in chat.text
    chat.later(days=1)
    await chat.say("when will you ring", "call_back", **SURE)
    assert "today by noon" in chat.text
    await chat.say("change my call-back", "call_back", **SURE)
    assert chat.last == "callback/name"
    await chat.say("never mind", "deny", **SURE)
    await chat.say("please don't ring me after all", "call_back", **SURE)
    assert chat.last == "callback/withdrawn"
    assert wish_from_dict(chat.wishes[-1]) == Withdrawn()
    await chat.say("call me", "call_back", **SURE)
    assert chat.last == "callback/name"


async def test_out_of_hours_it_is_said_when_the_clinic_opens() -> None:
    chat = Chat(now=MONDAY.replace(hour=22))
    await chat.say("please ring me on 07700 900142", "call_back", **SURE)
    await chat.say("Priya")
    assert "open again tomorrow at 8.30 am" in chat.text
    await chat.say("As soon as possible", "answer/when_will_it_work", scope=0.7, nearest=0.77)
    await chat.say("Skip", "deny")
    await chat.say("yes", "affirm", **SURE)
    assert "tomorrow by 10.30 am" in chat.text
    assert "<emergency>" in chat.text


@pytest.mark.parametrize(
    ("day", "hour", "offered", "promised"),
    [
        (23, 10, ("This afternoon", "Tomorrow morning"), "today by noon"),
        (23, 13, ("Tomorrow morning", "Tomorrow afternoon"), "today by 3 pm"),
        (23, 17, ("Tomorrow afternoon", "Wednesday morning"), "tomorrow by 9.30 am"),
        (27, 15, ("Monday morning", "Monday afternoon"), "tomorrow by 10 am"),
        (28, 20, ("Monday afternoon", "Tuesday morning"), "on Monday 30 March by 10.30 am"),
    ],
)
def test_times_are_offered_by_the_opening_hours(
    day: int, hour: int, offered: tuple[str, ...], promised: str
) -> None:
    at = clock(datetime(2026, 3, day, hour, 0, tzinfo=ZONE))
    assert offers(at) == ("As soon as possible", *offered)
    assert promise(soon(at), at) == promised
    for label in offers(at):
        when = read_when(label, at)
        assert when is not None
        assert len(label) <= 20
        assert when.due > at.now
        assert opens(clock(when.due - timedelta(minutes=1))) is None


async def test_whoever_asks_for_a_person_instead_leaves_the_form() -> None:
    chat = Chat()
    await chat.say("call me back", "call_back", **SURE)
    told = await chat.say("I want to talk to a person instead", "talk_to_person", **SURE)
    assert [one["kind"] for one in told] == ["handoff"]
    assert chat.waits_for is None
    assert chat.slots["requested_slot"] is None, "the next form would go on in the middle"
