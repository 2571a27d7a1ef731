"""What an emoji on an answer says of it."""

HELPFUL = frozenset("👍❤♥🙏👏💯✅☑✔👌💪🎉😊😀😃😄😁🙂☺😍🥰🤩💙💚💛🧡💜🤍🤗😌")
NOT_HELPFUL = frozenset("👎😡😠🤬😞😕🙁☹😢😭😤😒🙄💔❌✖🚫😣😖😩")


# What stands beside an emoji: how it is shown, what joins it, the colours of skin.
BESIDE = frozenset("\ufe0f\u200d🏻🏼🏽🏾🏿")


def is_helpful(emoji: str) -> bool | None:
    """Return whether an emoji says that something helped, or None when it says neither.

    Skin colours and presentation marks come behind the emoji itself.
    """
    mark = emoji[:1]
    if mark in HELPFUL:
        return True
    return False if mark in NOT_HELPFUL else None


def felt(text: str) -> bool | None:
    """Return what a text of nothing but such emojis says, or None for any other text."""
    marks = {mark for mark in text if mark not in BESIDE and not mark.isspace()}
    feelings = {is_helpful(mark) for mark in marks}
    return feelings.pop() if len(feelings) == 1 else None
