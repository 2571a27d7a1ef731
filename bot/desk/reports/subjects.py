"""What intents and places are called for people: in the patients' words where there are any."""

from dataclasses import dataclass

from bot.knowledge import Knowledge

NOT_COVERED, NOT_CLEAR, URGENT, GONE = (
    "Not in the articles",
    "Not understood, or asked back",
    "Signs of an emergency",
    "Answers that are no longer given",
)
# Declines for another reason than that the articles don't say it.
UNCLEAR = {
    "unsure": "Offered several questions to choose from",
    "unknown": "Found nothing that fits",
    "again": "Not understood a second time",
    "no_words": "A message without words",
    "other_language": "Another language than English",
}
OTHER_DECLINES = {
    "nothing_quoted": "More about what isn't in the articles",
    "off_topic": "Something else altogether",
    "own_medical_question": "Their own case",
    "medical_eligibility": "Whether it is right for them",
}


@dataclass(frozen=True, slots=True)
class Subjects:
    """Names what figures are about, by the answers that the assistant gives now."""

    knowledge: Knowledge

    def question(self, measure: str, intent: str) -> str:
        """Return what was asked: an answer's question, or a few words for what was declined."""
        answer = self.knowledge.answers.get(intent) if measure == "answered" else None
        if answer is not None:
            return answer.general.question
        known = UNCLEAR | OTHER_DECLINES
        return known.get(intent) or intent.replace("_", " ").strip().capitalize() or "Other"

    def topic(self, measure: str, intent: str) -> str:
        """Return the topic that a question belongs to."""
        if measure == "urgent":
            return URGENT
        if measure == "clarified" or intent in UNCLEAR:
            return NOT_CLEAR
        if measure == "declined":
            return NOT_COVERED
        answer = self.knowledge.answers.get(intent)
        return GONE if answer is None else answer.topic.title

    def topics(self) -> tuple[str, ...]:
        """Return every topic, those of the answers first and in their order."""
        own = (topic.title for topic in self.knowledge.by_topic())
        return (*own, GONE, NOT_COVERED, NOT_CLEAR, URGENT)

    def place(self, about: str) -> str:
        """Return where somebody gave up."""
        kind, _, intent = about.partition("/")
        if kind == "handoff":
            return "Handed over, and no answer by staff"
        if kind == "clarify" or intent in UNCLEAR:
            return f"Not understood: {self.question('clarified', intent).lower()}"
        return f"Declined: {self.question('declined', intent).lower()}"
