"""Every address of the console, and the role that it needs."""

from bot.desk.guard import CHANGE_PASSWORD, Guarded, Open
from bot.desk.pages import (
    account,
    ask,
    audit,
    callbacks,
    conversation,
    entrance,
    inbox,
    patients,
    people,
    questions,
    reports,
    settings,
    settings_history,
    settings_texts,
)

ENTRANCE = (
    Open("GET", "/desk/sign-in", entrance.show_sign_in),
    Open("POST", "/desk/sign-in", entrance.take_sign_in),
    Open("GET", "/desk/code", entrance.show_code),
    Open("POST", "/desk/code", entrance.take_code),
)
FRONT_DESK = (
    *inbox.ROUTES,
    *conversation.ROUTES,
    Guarded("POST", "/desk/sign-out", entrance.sign_out, "front_desk", before_change=True),
    Guarded("POST", "/desk/sign-out-everywhere", entrance.sign_out_everywhere, "front_desk"),
    Guarded("GET", CHANGE_PASSWORD, account.show_password, "front_desk", before_change=True),
    Guarded("POST", CHANGE_PASSWORD, account.take_password, "front_desk", before_change=True),
    Guarded("GET", account.ACCOUNT, account.show, "front_desk"),
    Guarded("POST", "/desk/account/session", account.end_session, "front_desk"),
    Guarded("GET", account.FACTOR, account.show_second_factor, "front_desk"),
    Guarded("POST", account.FACTOR, account.begin_second_factor, "front_desk"),
    Guarded("POST", f"{account.FACTOR}/prove", account.prove_second_factor, "front_desk"),
    Guarded("POST", f"{account.FACTOR}/cancel", account.cancel_second_factor, "front_desk"),
    Guarded("POST", f"{account.FACTOR}/off", account.drop_second_factor, "front_desk"),
)
MANAGERS = (
    Guarded("GET", "/desk/staff", people.show_all, "manager"),
    Guarded("GET", "/desk/staff-new", people.show_new, "manager"),
    Guarded("POST", "/desk/staff-new", people.add, "manager"),
    Guarded("GET", "/desk/staff/{login}", people.show_one, "manager"),
    Guarded("POST", "/desk/staff/{login}/lock", people.lock, "manager"),
    Guarded("POST", "/desk/staff/{login}/unlock", people.unlock, "manager"),
    Guarded("POST", "/desk/staff/{login}/reset", people.reset, "manager"),
    Guarded("POST", "/desk/staff/{login}/role", people.give_role, "manager"),
    Guarded("POST", "/desk/staff/{login}/second-factor", people.drop_second_factor, "manager"),
    Guarded("GET", "/desk/audit", audit.show, "manager"),
    *settings.ROUTES,
    *settings_texts.ROUTES,
    *settings_history.ROUTES,
    *reports.ROUTES,
)
ROUTES = (
    *ENTRANCE,
    *FRONT_DESK,
    *ask.ROUTES,
    *callbacks.ROUTES,
    *questions.ROUTES,
    *patients.ROUTES,
    *MANAGERS,
)
