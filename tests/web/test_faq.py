"""Questions and answers on one page, and what search engines read of it."""

import json
import re
from dataclasses import replace
from html import unescape
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp.test_utils import TestClient

from bot.knowledge import Answer, Knowledge, Quote
from bot.knowledge.passages import plain
from bot.web.site import SITE
from tests.web.clinic_site import ClinicSite, knowledge

ANSWERS = knowledge().answers
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


@pytest.fixture
async def page(client: TestClient) -> str:
    response = await client.get("/faq")
    assert response.status == 200
    return await response.text()


def part(page: str, answer: Answer) -> str:
    """Return the answer's part of the page."""
    anchor = answer.id.replace("_", "-")
    return page.partition(f'<h3 id="{anchor}">')[2].partition("</article>")[0]


def seen(html: str) -> str:
    return plain(unescape(re.sub(r"<[^>]+>", " ", html)))


def letters(quotes: tuple[Quote, ...]) -> str:
    return plain(" ".join(re.sub(r"(?m)^- ", "", one.text) for one in quotes))


async def test_every_answer_stands_with_its_sources(page: str) -> None:
    for answer in ANSWERS.values():
        found = part(page, answer)
        assert seen(found).startswith(answer.general.question)
        blocks = re.findall(r"<blockquote>(.*?)</blockquote>", found, re.S)
        quoted = [seen(block) for block in blocks]
        links = list(map(unescape, re.findall(r'href="(/learn/[^"]+)"', found)))
        for reply in filter(None, (answer.general, answer.knee)):
            for quotes in filter(None, (reply.says, reply.more)):
                assert letters(quotes) in quoted, answer.id
                assert all(leads_to(one, links) for one in quotes), answer.id


def leads_to(quote: Quote, links: list[str]) -> bool:
    """Tell whether one of the links highlights the quotation in its article."""
    document, _, anchor = quote.section.partition("#")
    mark = f"mark={anchor}.{quote.first}-{quote.last}"
    return any(
        link.startswith(f"/learn/{document}?") and mark in link and link.endswith(f"#{anchor}")
        for link in links
    )


async def test_a_source_leads_to_the_words_in_the_article(client: TestClient, page: str) -> None:
    found = part(page, ANSWERS["is_it_permanent"])
    url = urlsplit(unescape(re.findall(r'href="(/learn/[^"]+)"', found)[0]))
    article = await (await client.get(f"{url.path}?{url.query}")).text()
    assert "<mark>Stem cell treatment can last a long time" in article
    assert f'id="{url.fragment}"' in article


async def test_the_knees_own_words_stand_below_the_general_ones(page: str) -> None:
    for answer in ANSWERS.values():
        own = answer.knee is not None and (answer.knee.says, answer.knee.more) != (
            answer.general.says,
            answer.general.more,
        )
        general, heading, _ = part(page, answer).partition("<h4>For the knee</h4>")
        assert bool(heading) is own, answer.id
        assert letters(answer.general.says) in seen(general)


async def test_lists_are_lists(page: str) -> None:
    found = part(page, ANSWERS["lasting_conditions"])
    assert "<li>Golfer&#39;s elbow and tennis elbow</li>" in found
    assert "<p>Results of stem cell therapy tend to last longer in:</p>" in found


async def test_when_not_to_wait_is_said_beside_what_is_usual(page: str) -> None:
    noted = [answer for answer in ANSWERS.values() if answer.note]
    assert noted
    for answer in noted:
        assert "if you have a fever, don't wait" in seen(part(page, answer))


async def test_topics_hold_every_question_and_the_contents_lead_there(page: str) -> None:
    headings = re.findall(r'<(h[1-4]) id="([^"]+)"', page)
    anchors = [anchor for _, anchor in headings]
    assert len(set(anchors)) == len(anchors)
    assert [level for level, _ in headings].count("h3") == len(ANSWERS)
    for anchor in anchors[1:]:
        assert f'href="#{anchor}"' in page
    titles = [topic.title for topic in knowledge().by_topic()]
    shown = re.findall(r'<h2 id="topic-[^"]+">([^<]+)</h2>', page)
    assert [unescape(title) for title in shown] == titles


async def test_headings_go_down_one_step_at_a_time(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(lower - upper <= 1 for upper, lower in pairwise(levels))
    assert page.count("<main") == 1


async def test_a_question_can_be_asked_from_the_page(page: str) -> None:
    for answer in ANSWERS.values():
        link = re.search(r'href="/ask\?([^"]+)" data-candor-ask="([^"]+)"', part(page, answer))
        assert link
        assert parse_qs(link[1]) == {"text": [answer.general.question]}
        assert unescape(link[2]) == answer.general.question


async def test_it_says_what_it_is_and_where_it_stands(page: str, site: ClinicSite) -> None:
    assert '<link rel="canonical" href="http://clinic.test/faq">' in page
    assert "not medical advice" in page
    for document in knowledge().documents.values():
        assert f'<time datetime="{document.reviewed}">' in page
    assert f'href="{site.settings.clinic.booking_url}"' in page
    assert 'href="/ask"' in page


async def test_search_engines_read_every_question_as_data(page: str) -> None:
    [block] = DATA.findall(page)
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "FAQPage"
    questions = {entry["name"]: entry for entry in data["mainEntity"]}
    assert len(questions) == len(data["mainEntity"]) == len(ANSWERS)
    for answer in ANSWERS.values():
        entry = questions[answer.general.question]
        assert entry["@type"] == "Question"
        assert f'id="{entry["url"].partition("/faq#")[2]}"' in page
        assert entry["acceptedAnswer"]["@type"] == "Answer"
        text = entry["acceptedAnswer"]["text"]
        assert all(one.text in text for one in answer.general.says)
        for one in answer.general.says:
            source = text.partition("Source: ")[2]
            assert knowledge().document_of(one.section).title in source
            assert f"“{knowledge().sections[one.section].heading}”" in source
        assert ("don't wait" in text) is bool(answer.note)


HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 ' \" --> {{ clinic }}"


async def test_no_text_can_end_the_block_of_data(client: TestClient, site: ClinicSite) -> None:
    old = ANSWERS["is_it_permanent"]
    [first, *rest] = old.general.says
    says = (replace(first, text=HOSTILE), *rest)
    hostile = replace(old, general=replace(old.general, question=HOSTILE, says=says))
    changed = Knowledge(
        knowledge().documents, knowledge().sections, {**ANSWERS, "is_it_permanent": hostile}
    )
    object.__setattr__(site.app[SITE], "knowledge", changed)
    page = await (await client.get("/faq")).text()
    assert "<script>alert" not in page
    [block] = DATA.findall(page)
    names = {entry["name"]: entry for entry in json.loads(block)["mainEntity"]}
    assert names[HOSTILE]["acceptedAnswer"]["text"].startswith(HOSTILE)


async def test_the_page_is_found_from_the_others(client: TestClient) -> None:
    for path in ("/", "/learn", "/ask"):
        assert 'href="/faq"' in (await (await client.get(path)).text()).partition("<footer")[2]
    learn = (await (await client.get("/learn")).text()).partition("<footer")[0]
    assert 'href="/faq"' in learn
