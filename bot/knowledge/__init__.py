"""What the assistant may say: documents, their passages, and the answers quoted from them."""

from bot.knowledge.answers import Answer, Quote, Reply
from bot.knowledge.citing import by_section, named_sources, passages_path
from bot.knowledge.compiled import compile_passages
from bot.knowledge.documents import Document, Passage, Section, Study
from bot.knowledge.library import Knowledge, KnowledgeError, load_knowledge
from bot.knowledge.phases import in_time, phase_answer
from bot.knowledge.texts import FixedText, Texts, load_texts
from bot.knowledge.topics import Topic

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
    "Topic",
    "by_section",
    "compile_passages",
    "in_time",
    "load_knowledge",
    "load_texts",
    "named_sources",
    "passages_path",
    "phase_answer",
]
