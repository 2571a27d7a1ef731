"""What a tapped button says in the transcript, where its payload would mean nothing to people."""

from bot.conversation.payload import read_ask
from bot.knowledge import Knowledge, Texts


def button_label(knowledge: Knowledge, texts: Texts, text: str) -> str | None:
    """Return the words for a button's payload, or None when the text is a patient's own."""
    ask = read_ask(text)
    answer = knowledge.answers.get(ask.answer) if ask else None
    if ask and answer:
        return answer.reply(ask.joint).question
    label = texts.get(f"tapped.{text}")
    return label.text if label else None
