"""Ask: what is shown for a caller's words, and that nothing of them is kept."""

import re
from html import unescape

import pytest
from aiohttp.test_utils import TestClient

from actions.compose import fixed_message
from bot.conversation import AssistantUnavailable, Memory, Reply
from tests.desk.desk_client import Browser, add, csrf_of, signed_in
from tests.web.clinic_site import ClinicSite


@pytest.fixture
async def anna(client: TestClient, site: ClinicSite) -> Browser:
    await add(site.gate, "anna")
    return await signed_in(client, "anna")


async def found(anna: Browser, site: ClinicSite, words: str, **form: str) -> str:
    """What the page puts below the search for these words."""
    token = csrf_of(site, anna)
    answer = await anna.send("/desk/ask/answers", csrf=token, words=words, **form)
    assert answer.status == 200
    return unescape(await answer.text())


class Down:
    """An assistant that can't be asked."""

    async def reply(self, conversation_id: str, text: str, memory: Memory) -> Reply:
        raise AssistantUnavailable("down")

    async def alarm(self, text: str) -> None:
        raise AssistantUnavailable("down")

    async def harmless(self, text: str) -> bool:
        raise AssistantUnavailable("down")

    async def read_ahead(self, text: str) -> None:
        """Do nothing before the turn."""


@pytest.fixture
def without_assistant(site: ClinicSite, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("reply", "alarm", "harmless"):
        monkeypatch.setattr(site.assistant, name, getattr(Down(), name))


async def test_the_answer_that_a_patient_gets_stands_there_with_its_source(
    anna: Browser, site: ClinicSite
) -> None:
    text = await found(anna, site, "is it permanent")
    assert "Is it permanent?" in text
    assert "it isn't always permanent" in text
    assert re.search(r'href="/learn/permanence\?mark=permanent-or-temporary\.\d', text)
    [copied] = re.findall(r'data-copy="([^"]*)"', text)
    assert "http://clinic.test/learn/permanence?mark=" in copied
    assert "Source: " in copied


async def test_half_a_word_offers_what_it_may_become(anna: Browser, site: ClinicSite) -> None:
    text = await found(anna, site, "is it pai")
    assert 'value="ask:does_it_hurt"' in text


async def test_an_unfinished_word_is_guessed_and_enter_asks_as_it_stands(
    anna: Browser, site: ClinicSite
) -> None:
    text = await found(anna, site, "is it permane", typing="yes")
    assert "it isn't always permanent" in text
    assert "Read as “is it permanent”" in text
    text = await found(anna, site, "is it permane")
    assert "Our documents have nothing for these words" in text


async def test_small_talk_is_no_answer(
    anna: Browser, site: ClinicSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def reply(conversation_id: str, text: str, memory: Memory) -> Reply:
        return Reply([fixed_message(site.assistant.context, "smalltalk", "chat.greet")])

    monkeypatch.setattr(site.assistant, "reply", reply)
    text = await found(anna, site, "how")
    assert "I am an automatic assistant" not in text
    assert "Do they mean" in text


@pytest.mark.parametrize("words", ["my leg is a blue leg and I can't breathe", "I can't breathe"])
async def test_an_emergency_comes_first_and_alone(
    anna: Browser, site: ClinicSite, words: str
) -> None:
    text = await found(anna, site, words)
    assert text.index('role="alert"') < text.index("Ring 999")
    assert "Emergency: tell the caller this now" in text
    for other in ("Send on WhatsApp", "data-copies", "Book a visit"):
        assert other not in text


async def test_what_the_documents_do_not_say_is_shown_as_such(
    anna: Browser, site: ClinicSite
) -> None:
    picked = await anna.send("/desk/ask/answer", csrf=csrf_of(site, anna), asked="decline:cost")
    text = await picked.text()
    assert "Not in our documents" in text
    assert "don&#39;t say what treatment costs" in text
    assert "/desk/ask/send" not in text


async def test_without_the_assistant_the_search_helps_and_says_what_it_is(
    anna: Browser, site: ClinicSite, without_assistant: None
) -> None:
    text = await found(anna, site, "is it permanent")
    assert "Found by the search alone" in text
    assert "permanent" in re.findall(r"<blockquote>(.*?)</blockquote>", text, re.DOTALL)[0]
    text = await found(anna, site, "zzzzz")
    assert "the search finds nothing" in text


async def test_an_emergency_of_the_list_is_seen_without_the_assistant(
    anna: Browser, site: ClinicSite, without_assistant: None
) -> None:
    text = await found(anna, site, "crushing chest pain and I can't breathe")
    assert "Emergency: tell the caller this now" in text


async def test_the_knee_has_its_own_version(anna: Browser, site: ClinicSite) -> None:
    text = await found(anna, site, "my knee")
    assert "For the knee" in text
    assert "@knee" in text


async def test_it_works_without_a_script(anna: Browser) -> None:
    shown = await anna.fill("/desk/ask", "/desk/ask", words="is it permanent")
    text = await shown.text()
    assert 'value="is it permanent"' in text
    assert "it isn&#39;t always permanent" in text
    picked = await anna.fill("/desk/ask", "/desk/ask", words="pain", asked="ask:does_it_hurt")
    assert 'role="status" id="ask-told">Answer: Does it hurt?</p>' in await picked.text()


async def test_nothing_that_was_typed_is_kept(anna: Browser, site: ClinicSite) -> None:
    for words in ("my knee is permanently bad", "I can't breathe", "something else"):
        await found(anna, site, words)
    with site.store.database.reader.connect() as connection:
        for table in ("conversations", "messages", "turns"):
            rows = connection.exec_driver_sql(f"SELECT count(*) FROM {table}")  # noqa: S608
            assert rows.scalar_one() == 0
    last = (await site.gate.store.audited(None, 9))[0].entry
    assert last.action == "sign_in"


async def test_another_page_gets_answers_to_insert(anna: Browser, site: ClinicSite) -> None:
    text = await found(anna, site, "is it permanent", into="reply")
    texts = re.findall(r'data-insert="([^"]*)"', text)
    assert "it isn't always permanent" in texts[0]
    assert "Source: " in texts[0]
    assert len(texts) > 1
    assert 'role="alert"' in await found(anna, site, "I can't breathe", into="reply")
    answer = await anna.send(
        "/desk/ask/answers", csrf=csrf_of(site, anna), words="x", into='a" onload="'
    )
    assert answer.status == 400


async def test_where_whatsapp_is_off_the_page_says_so(anna: Browser, site: ClinicSite) -> None:
    text = await found(anna, site, "is it permanent")
    assert "WhatsApp isn't set up here" in text
    assert "Send on WhatsApp" not in text
    refused = await anna.send("/desk/ask/send", csrf=csrf_of(site, anna), asked="is it permanent")
    assert refused.status == 403


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><b>', "\0\x1f", "x" * 5000])
async def test_odd_words_are_taken_as_words(anna: Browser, site: ClinicSite, words: str) -> None:
    answer = await anna.send("/desk/ask/answers", csrf=csrf_of(site, anna), words=words)
    assert answer.status == 200
    assert not re.search(r"<script|<b>", await answer.text())
