"""The plain form, sent again: by a double click, a reload, or after an error."""

import asyncio
import re

import pytest
from aiohttp.test_utils import TestClient

from bot.conversation import StoreUnavailable
from tests.web.clinic_site import ClinicSite
from tests.web.plain_form import KEY, OTHER_KEY, QUESTION, asked, hidden, latest, post, token_of


async def test_each_form_has_a_key_of_its_own(client: TestClient) -> None:
    empty = await (await client.get("/ask")).text()
    answered = await post(client, text=QUESTION)
    keys = hidden(empty, "key") + hidden(answered, "key")
    assert len(keys) == len(set(keys)) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", key) for key in keys)


async def test_a_form_sent_again_after_deletion_is_answered(
    client: TestClient, site: ClinicSite
) -> None:
    await post(client, text=QUESTION, key=KEY)
    [conversation] = site.assistant.conversations
    await site.conversations.forget(conversation)
    assert asked(await post(client, text=QUESTION, key=KEY)) == 1


async def test_a_first_message_sent_twice_begins_one_conversation(client: TestClient) -> None:
    both = await asyncio.gather(*(post(client, text=QUESTION, key=KEY) for _ in range(2)))
    later = await post(client, text=QUESTION, key=KEY)
    assert len({token_of(page) for page in (*both, later)}) == 1
    assert asked(later) == 1


async def test_a_later_message_sent_twice_is_kept_once(client: TestClient) -> None:
    token = token_of(await post(client, text=QUESTION, key=KEY))
    form = {"text": "and my knee?", "conversation": token, "key": OTHER_KEY}
    await asyncio.gather(*(post(client, **form) for _ in range(2)))
    assert asked(await post(client, **form)) == 2


async def test_a_button_pressed_twice_asks_once(client: TestClient) -> None:
    page = await post(client, text=QUESTION, key=KEY)
    form = page.partition('class="suggestions"')[2].partition("</form>")[0]
    button = {
        "text": re.findall(r'name="text" value="([^"]+)"', form)[0],
        "conversation": token_of(form),
        "key": hidden(form, "key")[0],
    }
    await post(client, **button)
    assert asked(await post(client, **button)) == 2


async def test_other_words_in_the_same_form_are_another_message(client: TestClient) -> None:
    token = token_of(await post(client, text=QUESTION, key=KEY))
    await post(client, text="and my knee?", conversation=token, key=OTHER_KEY)
    page = await post(client, text="and my shoulder?", conversation=token, key=OTHER_KEY)
    assert "and my shoulder?" in page
    assert asked(page) == 3


async def test_the_same_words_from_another_form_begin_another_conversation(
    client: TestClient,
) -> None:
    tokens = {token_of(await post(client, text=QUESTION, key=key)) for key in (KEY, OTHER_KEY)}
    assert len(tokens) == 2


@pytest.mark.parametrize("key", ["", "short", "G" * 32, "0" * 33])
async def test_what_is_no_key_of_ours_keeps_nothing_back(client: TestClient, key: str) -> None:
    first, second = [token_of(await post(client, text=QUESTION, key=key)) for _ in range(2)]
    assert first != second
    form = {"text": QUESTION, "conversation": first, "key": key}
    await post(client, **form)
    assert asked(await post(client, **form)) == 3


async def test_after_an_error_the_same_form_can_be_sent_again(
    client: TestClient, site: ClinicSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unavailable(*_args: object, **_more: object) -> None:
        raise StoreUnavailable

    form = {"text": QUESTION, "key": KEY}
    with monkeypatch.context() as broken:
        broken.setattr(site.conversations, "receive", unavailable)
        page = await post(client, status=503, **form)
    assert QUESTION in page.partition("<textarea")[2]
    assert hidden(page, "key") == [KEY]
    assert asked(await post(client, **form)) == 1


async def test_an_error_after_the_keeping_makes_no_second_message(
    client: TestClient, site: ClinicSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unavailable(*_args: object, **_more: object) -> None:
        raise StoreUnavailable

    with monkeypatch.context() as broken:
        broken.setattr(site.conversations, "finished", unavailable)
        page = await post(client, status=503, text=QUESTION, key=KEY)
    form = page.rpartition("<form")[2]
    again = {"text": QUESTION, "key": hidden(form, "key")[0], "conversation": token_of(form)}
    assert asked(await post(client, **again)) == 1


async def test_an_error_leads_to_the_field_with_what_was_written(client: TestClient) -> None:
    token = token_of(await post(client, text=QUESTION))
    page = await post(client, status=422, text="y" * 2001, conversation=token, key=KEY)
    summary = latest(page)
    assert summary.index('<a href="#text">') < summary.index('<textarea id="text"')
    assert 'aria-invalid="true"' in page
    assert "y" * 2001 in page
    assert "<title>Not sent: " in page
    assert asked(page) == 1


async def test_a_button_that_failed_leaves_its_words_and_not_its_payload(
    client: TestClient,
) -> None:
    page = await post(client, status=404, text="ask:is_it_safe", conversation="forged")
    assert ">Is it safe?</textarea>" in page
