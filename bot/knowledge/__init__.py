"""What the assistant may say: documents, their passages, and the answers quoted from them."""

from bot.knowledge.answers import Answer, Quote, Reply
from bot.knowledge.compiled import compile_passages
from bot.knowledge.documents import Document, Passage, Section, Study
from bot.knowledge.library import Knowledge, KnowledgeError, load_knowledge
from bot.knowledge.phases import phase_answer
from bot.knowledge.texts import FixedText, Texts, load_texts

__all__ = [
    "Answer",
    "Document",
    "FixedText",
    "Knowledge",
    "KnowledgeError",
    "Passage",
    "Quote",
    "Reply",
    "Section",
    "Study",
    "Texts",
    "compile_passages",
    "load_knowledge",
    "load_texts",
    "phase_answer",
]
