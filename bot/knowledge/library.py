"""Everything the assistant knows, read from the clinic's files and checked as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.answers import Answer, read_answer
from bot.knowledge.documents import Document, Section, read_document
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.strict_yaml import read_yaml
from bot.knowledge.topics import Topic, take_topic

__all__ = ["Knowledge", "KnowledgeError", "load_knowledge"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The documents by slug, their sections by id, and the answers by id."""

    documents: Mapping[str, Document]
    sections: Mapping[str, Section]
    answers: Mapping[str, Answer]

    def document_of(self, section: str) -> Document:
        """Return the document that a section id stands in."""
        return self.documents[section.partition("#")[0]]

    def by_topic(self) -> dict[Topic, list[Answer]]:
        """Return the answers of each topic, the topics in the order of their places."""
        topics: dict[Topic, list[Answer]] = {}
        for answer in self.answers.values():
            topics.setdefault(answer.topic, []).append(answer)
        return dict(sorted(topics.items(), key=lambda entry: (entry[0].place, entry[0].id)))


def load_knowledge(root: Path) -> Knowledge:
    """Read data/documents and data/answers under `root`; KnowledgeError lists every problem."""
    problems: list[str] = []
    documents = _read_documents(root / "data" / "documents", problems)
    sections = {part.id: part for document in documents.values() for part in document.sections}
    answers = _read_answers(root / "data" / "answers", sections, problems)
    for answer in answers.values():
        problems += [
            f"answer {answer.id}: `next` names `{follower}`, which is no answer"
            for follower in answer.next
            if follower not in answers
        ]
    if problems:
        raise KnowledgeError(problems)
    return Knowledge(documents, sections, answers)


def _read_documents(folder: Path, problems: list[str]) -> dict[str, Document]:
    paths = sorted(folder.glob("*.md"))
    if not paths:
        problems.append(f"no document found in {folder.name}/; add one as NAME.md")
    read = (_collect(problems, read_document, path) for path in paths)
    return {document.slug: document for document in read if document is not None}


def _read_answers(
    folder: Path, sections: Mapping[str, Section], problems: list[str]
) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for path in sorted(folder.glob("*.yml")):
        entries = _collect(problems, read_yaml, path)
        if entries is None:
            continue
        # Without its topic the file is refused; its answers are read to find all that is wrong.
        topic = _collect(problems, take_topic, path, entries) or Topic(path.stem, "", 0)
        for name, data in entries.items():
            if name in answers:
                problems.append(f"{path.name}: the answer `{name}` is written twice")
            answer = _collect(problems, read_answer, name, data, sections, topic)
            if answer is not None:
                answers[name] = answer
    return answers


def _collect[**P, T](
    problems: list[str], read: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T | None:
    """Return what was read, or note its problems and return None, so that all are found."""
    try:
        return read(*args, **kwargs)
    except KnowledgeError as error:
        problems += error.problems
        return None
