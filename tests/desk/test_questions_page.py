"""The page of questions: what it shows, what is decided on it, and who is quicker."""

import re
from collections.abc import Awaitable, Callable

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import text

from bot.desk.questions.deciding import CannotDecide, read_choice
from bot.runtime.texts import fixed_texts
from bot.store.desk import deciding
from bot.store.desk.question_records import Decided
from tests.desk.desk_client import Browser, add, signed_in
from tests.web.clinic_site import ClinicSite, knowledge, site_settings

PAGE = "/desk/questions"
UPTO = "999"
MARKUP = '<script>alert("hip")</script> what is <b>this</b>?'


@pytest.fixture
async def ask(site: ClinicSite) -> Callable[..., Awaitable[str]]:
    """Let patients ask, each in a conversation of their own."""

    async def asked(*texts: str) -> str:
        for words in texts:
            conversation = await site.conversations.start("widget")
            turn = await site.conversations.receive(conversation, words)
            await site.conversations.finished(turn, 5)
        return conversation

    return asked


@pytest.fixture
async def anna(client: TestClient, site: ClinicSite) -> Browser:
    await add(site.gate, "anna")
    return await signed_in(client, "anna")


async def shown(browser: Browser, path: str = PAGE) -> str:
    answer = await browser.get(path)
    assert answer.status == 200
    return await answer.text()


async def decided(site: ClinicSite) -> list[Decided]:
    return await deciding.newest_decisions(site.store.database, 0, 99)


async def test_what_was_asked_is_shown_in_groups_with_counts(
    anna: Browser, ask: Callable[..., Awaitable[str]]
) -> None:
    assert "Nothing is waiting" in await shown(anna)
    await ask("can I swim after it", "the price?", "What does it cost?", "what does it cost")
    page = await shown(anna)
    titles = re.findall(r'<span class="wording">(.*?)</span>', page)
    assert titles == ["What does it cost?", "can I swim after it"]
    assert '<strong class="numbers">4</strong> questions wait' in page
    assert "Asked 3 times." in page
    assert "the price?" in page
    assert "Nothing here with this choice" in await shown(anna, f"{PAGE}?why=unhelpful")
    assert "Asked 3 times." in await shown(anna, f"{PAGE}?why=declined&days=7")


async def test_markup_and_personal_data_of_a_patient_do_no_harm(
    anna: Browser, ask: Callable[..., Awaitable[str]]
) -> None:
    await ask(f"{MARKUP} I'm Ada Hale, 01632 960142")
    page = await shown(anna)
    assert "&lt;script&gt;alert(&#34;hip&#34;)&lt;/script&gt; what is &lt;b&gt;this" in page
    assert "<script>alert" not in page
    assert "[number]" in page
    for word in ("Hale", "Ada", "960142"):
        assert word not in page


async def test_a_guess_decides_with_one_press_and_is_undone_with_another(
    anna: Browser, site: ClinicSite, ask: Callable[..., Awaitable[str]]
) -> None:
    await ask("How long do results last, then?", "tell me a joke")
    page = await shown(anna)
    assert 'value="answer:how_long_it_lasts"' in page
    assert 'value="not_ours:off_topic"' in page
    form = {"group": "1", "upto": UPTO, "kind": "answer:how_long_it_lasts"}
    answer = await anna.fill(PAGE, f"{PAGE}/decide", **form)
    [one] = await decided(site)
    assert answer.headers["Location"] == f"{PAGE}?decided={one.decision.id}"
    assert (one.decision.kind, one.decision.target) == ("answer", "how_long_it_lasts")
    assert (one.decision.staff_name, one.texts) == ("Anna", ("How long do results last, then?",))
    page = await shown(anna, answer.headers["Location"])
    assert "An existing answer: " in page
    assert '<strong class="numbers">1</strong> question waits' in page
    assert "How long do results last, then?" in await shown(anna, f"{PAGE}/decided")
    answer = await anna.fill(PAGE, f"{PAGE}/undo", decision=one.decision.id)
    assert answer.headers["Location"] == f"{PAGE}?done=question_undone"
    assert await decided(site) == []
    entries = [one.entry for one in await site.gate.store.audited(None, 99)]
    told = [(one.action, one.about, one.detail) for one in entries if "question." in one.action]
    assert told == [
        ("question.undone", one.decision.id, None),
        ("question.decided", one.decision.id, None),
    ]


async def test_only_what_is_ticked_and_was_shown_is_decided(
    anna: Browser, site: ClinicSite, ask: Callable[..., Awaitable[str]]
) -> None:
    await ask("what does it cost", "the price?", "price of it")
    await shown(anna)
    form = {"group": "1", "upto": UPTO, "kind": "noise", "only-2": "1", "only-99": "1"}
    await anna.fill(PAGE, f"{PAGE}/decide", **form)
    assert [one.texts for one in await decided(site)] == [("the price?",)]
    await anna.fill(PAGE, f"{PAGE}/decide", group="1", upto="1", kind="not_ours", topic="cost")
    assert (await decided(site))[0].texts == ("what does it cost",)


async def test_a_passage_is_a_wish_unless_an_answer_says_exactly_that(
    anna: Browser, site: ClinicSite, ask: Callable[..., Awaitable[str]]
) -> None:
    await ask("does the source matter", "can I swim")
    await shown(anna)
    page = await shown(anna, f"{PAGE}/passages?group=1")
    ticks = re.findall(r'name="(passage:[^"]+)"', page)
    assert len(ticks) == sum(len(one.passages) for one in knowledge().sections.values())
    form = {"group": "1", "upto": UPTO, "kind": "passage"}
    where = f"{PAGE}/passages?group=1"
    answer = await anna.fill(where, f"{PAGE}/decide", **form)
    assert answer.status == 422
    assert "Tick at least one passage" in await answer.text()
    many = await anna.fill(where, f"{PAGE}/decide", **form, **dict.fromkeys(ticks, "1"))
    assert "at most 3 sections" in await many.text()
    assert (await many.text()).count(" checked>") == len(ticks)
    await anna.fill(where, f"{PAGE}/decide", **form, **{ticks[0]: "1"})
    quote = next(iter(knowledge().answers.values())).general.says
    says = {
        f"passage:{one.section}/{number}": "1"
        for one in quote
        for number in range(one.first, one.last + 1)
    }
    await anna.fill(PAGE, f"{PAGE}/decide", **{**form, "group": "2"}, **says)
    exact, wish = [one.decision for one in await decided(site)]
    assert exact.target == next(iter(knowledge().answers))
    assert wish.target is None
    assert wish.quotes[0].text == next(iter(knowledge().sections.values())).passages[0].text
    assert "It can be learnt once an answer quotes" in await shown(anna, f"{PAGE}/decided")


async def test_whoever_comes_second_learns_who_decided_what(
    client: TestClient, anna: Browser, site: ClinicSite, ask: Callable[..., Awaitable[str]]
) -> None:
    await add(site.gate, "ben")
    ben = await signed_in(client, "ben")
    await ask("what does it cost")
    await shown(anna)
    form = {"group": "1", "upto": UPTO}
    await ben.fill(PAGE, f"{PAGE}/decide", **form, kind="not_ours:cost")
    late = await anna.fill("/desk", f"{PAGE}/decide", **form, kind="noise")
    assert late.status == 409
    text = await late.text()
    assert "Ben was quicker" in text
    assert "Not ours to answer: Cost" in text
    assert len(await decided(site)) == 1


async def test_what_is_gone_meanwhile_is_told(
    anna: Browser, site: ClinicSite, ask: Callable[..., Awaitable[str]]
) -> None:
    conversation = await ask("what does it cost")
    await shown(anna)
    await site.conversations.forget(conversation)
    for group in ("1", "", "x", "9" * 30):
        answer = await anna.fill("/desk", f"{PAGE}/decide", group=group, upto=UPTO, kind="noise")
        assert answer.headers["Location"] == f"{PAGE}?done=question_gone"
    answer = await anna.get(f"{PAGE}/passages?group=1")
    assert answer.headers["Location"] == f"{PAGE}?done=question_gone"
    answer = await anna.fill("/desk", f"{PAGE}/undo", decision="x" * 500)
    assert answer.headers["Location"] == f"{PAGE}?done=question_gone"


async def test_a_choice_that_is_none_is_explained_where_it_was_made(
    anna: Browser, site: ClinicSite, ask: Callable[..., Awaitable[str]]
) -> None:
    await ask("what does it cost")
    await shown(anna)
    form = {"group": "1", "upto": UPTO, "kind": "answer", "question": "no such answer"}
    answer = await anna.fill(PAGE, f"{PAGE}/decide", **form)
    text = await answer.text()
    assert answer.status == 422
    assert 'href="#answer-1"' in text
    assert 'id="answer-1"' in text
    assert "<details open>" in text
    assert await decided(site) == []


async def test_words_that_tell_too_much_are_erased_for_good(
    anna: Browser, site: ClinicSite, ask: Callable[..., Awaitable[str]]
) -> None:
    await ask("is the one with the green door at the harbour my aunt")
    await shown(anna)
    await anna.fill(PAGE, f"{PAGE}/decide", group="1", upto=UPTO, kind="erase")
    [one] = await decided(site)
    assert (one.decision.kind, one.texts) == ("noise", ())
    page = await shown(anna, f"{PAGE}/decided")
    assert "The words were erased." in page
    await anna.fill(PAGE, f"{PAGE}/undo", decision=one.decision.id)
    assert "Nothing is waiting" in await shown(anna)
    rows = await site.store.database.read(text("SELECT text FROM desk_questions"))
    assert [row.text for row in rows] == [""]


TYPED = knowledge().answers["is_it_permanent"].general.question


@pytest.mark.parametrize(
    ("form", "target"),
    [
        ({"kind": "answer", "question": f" {TYPED.upper()} "}, "is_it_permanent"),
        ({"kind": "answer", "question": "is_it_permanent"}, "is_it_permanent"),
        ({"kind": "answer:is_it_safe", "question": TYPED}, "is_it_safe"),
        ({"kind": "not_ours", "topic": "cost"}, "cost"),
        ({"kind": "not_ours:cost", "topic": ""}, "cost"),
        ({"kind": "noise"}, None),
    ],
)
def test_a_choice_is_read(form: dict[str, str], target: str | None) -> None:
    texts = fixed_texts(site_settings("http://clinic.test"))
    choice = read_choice(form, knowledge(), texts)
    assert (choice.kind, choice.target) == (form["kind"].partition(":")[0], target)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": "urgent"},
        {"kind": "answer", "question": ""},
        {"kind": "answer:nothing"},
        {"kind": "not_ours", "topic": "nothing"},
        {"kind": "not_ours"},
        {"kind": "passage", "passage:nothing#x/1": "1"},
    ],
)
def test_what_is_no_choice_is_refused(form: dict[str, str]) -> None:
    texts = fixed_texts(site_settings("http://clinic.test"))
    with pytest.raises(CannotDecide):
        read_choice(form, knowledge(), texts)
