"""What is wrong with the clinic's files, as lines a person can act on."""


class KnowledgeError(Exception):
    """The documents or answers can't be used; `problems` has one line for each thing to mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
