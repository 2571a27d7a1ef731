"""What the console says in passing: that something was done, and what the audit's names mean."""

DONE = {
    "signed_out": "You are signed out.",
    "over": "Please sign in again: the session is over.",
    "signed_out_everywhere": "You are signed out on every device.",
    "password": "Your password is changed. Other devices are signed out.",
    "second_factor_on": "The second factor is on. Other devices are signed out.",
    "second_factor_off": "The second factor is off.",
    "session": "That device is signed out.",
    "locked": "Locked. Their sessions ended at once.",
    "unlocked": "They may sign in again.",
    "role": "The role is changed. They have to sign in again.",
    "callback_done": "Struck off the list.",
    "callback_later": "Noted: no answer. It is due again in an hour of opening time.",
    "callback_undone": "Taken back. It is on the list as before.",
    "callback_added": "Added to the list.",
    "dropped": "Their second factor is off. They have to sign in again.",
}
ACTIONS = {
    "sign_in": "Signed in",
    "sign_in.failed": "Sign-in failed",
    "sign_out": "Signed out",
    "sign_out.everywhere": "Signed out everywhere",
    "sign_out.other": "Signed another device out",
    "password.changed": "Changed their password",
    "second_factor.on": "Switched the second factor on",
    "second_factor.off": "Switched the second factor off",
    "staff.read": "Looked at the staff",
    "staff.added": "Added staff",
    "staff.locked": "Locked staff",
    "staff.unlocked": "Unlocked staff",
    "staff.password_reset": "Gave a first password",
    "staff.second_factor_off": "Took a second factor off",
    "staff.role": "Gave a role",
    "callbacks.read": "Looked at the call-backs",
    "callback.added": "Took a call-back down",
    "callback.done": "Rang somebody back",
    "callback.no_answer": "Rang somebody back in vain",
    "callback.wrong_number": "Struck a wrong number off",
    "callback.undone": "Took back what was done to a call-back",
    "audit.read": "Looked at the audit",
    "refused": "Was refused a page",
}


def done_words(key: str | None) -> str | None:
    """Return what is told after something was done; None for what isn't ours."""
    return DONE.get(key or "")
