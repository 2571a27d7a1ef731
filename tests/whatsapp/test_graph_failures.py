"""What is to be done about each of Graph's errors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.whatsapp.failures import Act, Failure, act_for, is_known, judge, title_for


@pytest.mark.parametrize(
    ("codes", "act"),
    [
        ((0, 3, 10, 190, 200, 250, 299, 131005), Act.ALERT),
        ((131031, 368, 131045, 131042, 133010, 33), Act.ALERT),
        ((4, 80007, 130429, 131048), Act.LATER),
        ((131056,), Act.SLOWER),
        ((131047,), Act.CLOSED),
        ((100, 131008, 131009, 131051, 131052, 131053, 131062), Act.NEVER),
        ((131026, 131021, 131049, 131050, 130472), Act.NEVER),
        ((132000, 132001, 132015, 132016), Act.NEVER),
        ((1, 2, 131000, 131016, 131057, 133004), Act.AGAIN),
    ],
)
def test_every_code_of_metas_table_has_its_act(codes: tuple[int, ...], act: Act) -> None:
    for code in codes:
        assert is_known(code), code
        assert act_for(code) is act, code


def test_one_patients_country_does_not_stop_the_sending_to_all_others() -> None:
    assert act_for(130497) is Act.NEVER


@pytest.mark.parametrize(
    ("code", "status", "act"),
    [
        # Rate limits come as 400: the code decides.
        (130429, 400, Act.LATER),
        (131056, 400, Act.SLOWER),
        (131047, 500, Act.CLOSED),
        (190, 500, Act.ALERT),
        (131000, 400, Act.AGAIN),
        # Unknown or absent: the status.
        (999_999, 400, Act.NEVER),
        (999_999, 403, Act.NEVER),
        (999_999, 404, Act.NEVER),
        (999_999, 500, Act.AGAIN),
        (999_999, 503, Act.AGAIN),
        (999_999, 429, Act.LATER),
        (999_999, 401, Act.ALERT),
        (None, 400, Act.NEVER),
        (None, 502, Act.AGAIN),
        ("131047", 400, Act.NEVER),
        (True, 503, Act.AGAIN),
    ],
)
def test_the_code_decides_and_the_status_only_without_one(
    code: object, status: int, act: Act
) -> None:
    failure = judge(status, {"error": {"message": "no", "code": code}})
    assert failure
    assert (failure.act, failure.status) == (act, status)


def test_an_absent_number_is_the_clinics_business_and_no_mere_bad_parameter() -> None:
    body = {"error": {"code": 100, "error_subcode": 33}}
    failure = judge(400, body)
    assert failure
    assert failure.act is Act.ALERT
    other = judge(400, {"error": {"code": 100, "error_subcode": 2494055}})
    assert other
    assert other.act is Act.NEVER


@pytest.mark.parametrize("body", [None, [], "error", {}, {"error": None}, {"error": "x"}])
def test_what_is_no_error_object_is_not_judged(body: object) -> None:
    assert judge(500, body) is None


def test_a_title_is_ours_and_repeats_nothing_of_graphs() -> None:
    error = {
        "message": "(#131026) +447700900123 is unreachable",
        "code": 131026,
        "error_user_msg": "My knee hurts",
        "error_data": {"details": "+447700900123: My knee hurts"},
    }
    failure = judge(400, {"error": error})
    assert failure == Failure(Act.NEVER, 131026, 400, title_for(131026))
    assert "1650" not in str(failure)
    assert "knee" not in str(failure)


@given(st.integers(), st.integers(300, 599), st.integers())
def test_any_code_is_judged(code: int, status: int, subcode: int) -> None:
    failure = judge(status, {"error": {"code": code, "error_subcode": subcode}})
    assert failure
    assert failure.title
    assert failure.code == code
    if not is_known(code):
        assert act_for(code) is Act.NEVER
