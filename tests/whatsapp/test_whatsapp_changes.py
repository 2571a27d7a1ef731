"""A patient reacts, changes a message, takes it back, or has another number."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.whatsapp.clinic_channel import Clinic, clinic_channel
from tests.whatsapp.clinic_words import text
from tests.whatsapp.phones import Phone, Written

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", None, "Pat Doe")
NEW = Phone("447700900199", None, "Pat Doe")
DAY = 24 * 3600
MORE = {"type": "button_reply", "button_reply": {"id": "rest:nothing:1", "title": "Read more"}}


async def lines(clinic: Clinic, phone: Phone = PAT) -> list[str]:
    return [entry.message.text for entry in await clinic.transcript(phone)]


async def send(clinic: Clinic, kind: str, content: object, at: float | None = None) -> None:
    await clinic.patients.send(clinic.patients.write_item(PAT, kind, content, at))


def edited(original: str, words: str) -> dict[str, Any]:
    changed = {"type": "text", "text": {"body": words}}
    return {"original_message_id": original, "message": changed}


async def answered(clinic: Clinic, words: str = "is it permanent?") -> str:
    """Ask and wait for the answer; return the answer's id."""
    await clinic.patients.say(PAT, words)
    await clinic.said_to(PAT, 1)
    return clinic.graph.to(PAT.number or "")[0].wamid


@pytest.mark.parametrize(
    ("emoji", "helpful", "thanks"),
    [
        ("👍", True, "chat.feedback_good"),
        ("🙏🏽", True, "chat.feedback_good"),
        ("❤️", True, "chat.feedback_good"),
        ("👎", False, "chat.feedback_bad"),
        ("🍋", None, None),
    ],
)
async def test_an_emoji_on_an_answer_is_feedback(
    tmp_path: Path, emoji: str, helpful: bool | None, thanks: str | None
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        answer = await answered(clinic)
        await send(clinic, "reaction", {"message_id": answer, "emoji": emoji})
        if thanks:
            assert (await clinic.said_to(PAT, 2))[1] == text(thanks)
        await clinic.quiet()
        assert len(clinic.graph.accepted) == (2 if thanks else 1)
        said = await clinic.transcript(PAT)
        assert said[2].message.text == emoji
        assert (said[1].feedback and said[1].feedback.helpful) == helpful


async def test_an_emoji_taken_back_changes_nothing(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        answer = await answered(clinic)
        await send(clinic, "reaction", {"message_id": answer})
        await clinic.quiet()
        assert len(clinic.graph.accepted) == 1
        assert len(await lines(clinic)) == 2


async def test_nobody_is_thanked_for_an_emoji_by_a_template(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        answer = await answered(clinic)
        contact = await clinic.contact(PAT)
        assert contact is not None
        await clinic.kept.close_window(contact)
        await send(clinic, "reaction", {"message_id": answer, "emoji": "👍"})
        await clinic.quiet()
        assert len(clinic.graph.accepted) == 1
        assert await clinic.conversations.feedback_counts() == {True: 1, False: 0}


async def test_a_message_changed_after_its_answer_is_answered_anew(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        original = await clinic.patients.say(PAT, "my wife's hip: is it permanent?")
        await clinic.said_to(PAT, 1)
        await send(clinic, "edit", edited(original, "is it permanent?"))
        _, second = await clinic.said_to(PAT, 2)
        assert "Source: " in second
        found = await lines(clinic)
        assert found[0] == text("whatsapp.shown_was_edited")
        assert found[2] == text("whatsapp.shown_edited") + " is it permanent?"


async def test_a_message_changed_before_its_answer_is_answered_once(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        original = await clinic.patients.say(PAT, "slow, the hip")
        await clinic.quiet()
        await send(clinic, "edit", edited(original, "is it permanent?"))
        await clinic.quiet(0.2)
        clinic.assistant.pause.set()
        [answer] = await clinic.said_to(PAT, 1)
        assert "Source: " in answer
        await clinic.quiet()
        assert len(clinic.graph.accepted) == 1


async def test_what_a_message_said_before_is_not_answered_when_it_comes_late(
    tmp_path: Path,
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        original = clinic.patients.write(PAT, "what of my hip?")
        await send(clinic, "edit", edited(str(original.item["id"]), "is it permanent?"))
        await clinic.said_to(PAT, 1)
        await clinic.patients.send(original)
        await clinic.quiet()
        assert len(clinic.graph.accepted) == 1
        assert "what of my hip?" not in " ".join(await lines(clinic))


async def test_a_red_flag_that_was_written_in_afterwards_is_seen(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        original = await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        words = "I have a fever and my knee is hot and swollen"
        await send(clinic, "edit", edited(original, words))
        assert (await clinic.said_to(PAT, 2))[1] == text("urgent.joint_infection")


@pytest.mark.parametrize("moment", ["after", "before the answer", "before the message"])
async def test_a_message_taken_back_is_gone_here_too(tmp_path: Path, moment: str) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "hello")
        await clinic.said_to(PAT, 1)
        words = "is my secret permanent?" if moment == "after" else "slow secret"
        secret = clinic.patients.write(PAT, words, time.time() - 3)
        revoke = {"original_message_id": secret.item["id"]}
        if moment == "before the message":
            await send(clinic, "revoke", revoke)
            await clinic.said_to(PAT, 2)
            await clinic.patients.send(secret)
            await clinic.quiet()
        else:
            await clinic.patients.send(secret)
            await (clinic.said_to(PAT, 2) if moment == "after" else clinic.quiet())
            await send(clinic, "revoke", revoke)
        said = await clinic.said_to(PAT, 3 if moment == "after" else 2)
        clinic.assistant.pause.set()
        await clinic.quiet()
        assert said[-1] == text("whatsapp.took_back")
        assert len(clinic.graph.accepted) == len(said)
        assert "secret" not in " ".join(await lines(clinic))


@pytest.mark.parametrize("written_at_once", [False, True])
async def test_who_has_another_number_goes_on_with_it(
    tmp_path: Path, written_at_once: bool
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await answered(clinic)
        system = {"body": "changed", "type": "user_changed_number", "wa_id": NEW.number}
        moved = clinic.patients.write_item(PAT, "system", system, time.time() - 2)
        question = clinic.patients.write(NEW, "is it permanent?", time.time() - 1)
        if written_at_once:
            await clinic.patients.send(Written(PAT, moved.item), question)
        else:
            await clinic.patients.send(moved)
            await clinic.quiet()
            assert text("whatsapp.shown_moved") in await lines(clinic, NEW)
            await clinic.patients.send(question)
        [answer] = await clinic.said_to(NEW, 1)
        assert "Source: " in answer
        assert await clinic.contact(PAT) is None


async def test_a_number_that_was_somebody_elses_is_given_over(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        long_ago = clinic.patients.write(NEW, "is it permanent?", time.time() - 2 * DAY)
        await clinic.patients.send(long_ago)
        await answered(clinic)
        system = {"type": "user_changed_number", "wa_id": NEW.number}
        await send(clinic, "system", system)
        await clinic.quiet()
        assert text("whatsapp.shown_moved") in await lines(clinic, NEW)


async def test_the_next_part_of_what_is_gone_is_not_met_with_silence(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await answered(clinic)
        await send(clinic, "interactive", MORE)
        assert (await clinic.said_to(PAT, 2))[1] == text("answer.nothing_before")
        assert "wamid" not in str([entry.key for entry in await clinic.transcript(PAT)])


async def test_a_change_that_comes_after_the_message_was_taken_back_stays_out(
    tmp_path: Path,
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        asked = await clinic.patients.say(PAT, "Zanzibar: is it permanent?")
        await clinic.said_to(PAT, 1)
        await send(clinic, "revoke", {"original_message_id": asked})
        await clinic.said_to(PAT, 2)
        await send(clinic, "edit", edited(asked, "Zanzibar: is it safe?"))
        await clinic.quiet()
        assert len(clinic.graph.accepted) == 2
        assert not [line for line in await lines(clinic) if "Zanzibar" in line]


async def test_nobody_is_answered_who_only_has_a_new_phone(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await answered(clinic)
        contact = await clinic.contact(PAT)
        assert contact is not None
        await clinic.kept.close_window(contact)
        await send(clinic, "system", {"type": "customer_identity_changed", "body": "changed"})
        await clinic.quiet()
        assert (await lines(clinic))[-1] == text("whatsapp.shown_told")
        assert len(clinic.graph.accepted) == 1
