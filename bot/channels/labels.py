"""What a tapped button says in the transcript, where its payload would mean nothing to people."""

from bot.conversation.payload import read_ask
from bot.knowledge import Knowledge

LABELS = {
    "more": "Tell me more",
    "source": "Where does that come from?",
    "book": "I would like to book",
    "call": "Please call me back",
    "person": "I would like to talk to a person",
    "helpful": "That helped",
    "not-helpful": "That did not help",
}


def button_label(knowledge: Knowledge, text: str) -> str | None:
    """Return the words for a button's payload, or None when the text is a patient's own."""
    ask = read_ask(text)
    answer = knowledge.answers.get(ask.answer) if ask else None
    if ask and answer:
        return answer.reply(ask.joint).question
    return LABELS.get(text)
