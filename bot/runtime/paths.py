"""Where the model, its inputs, and a running engine's files are, below the project's root."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """The project's files that more than one command uses."""

    root: Path

    @property
    def engine_python(self) -> Path:
        """The engine's own Python."""
        return self.root / "engine" / ".venv" / "bin" / "python"

    @property
    def model(self) -> Path:
        """The trained model, one archive."""
        return self.root / "models" / "candor.tar.gz"

    @property
    def model_facts(self) -> Path:
        """What the model was made from and how to know it whole."""
        return self.root / "models" / "candor.json"

    @property
    def passages(self) -> Path:
        """The compiled passages, which the engine reads when it is trained."""
        return self.root / "build" / "passages.json"

    @property
    def logs(self) -> Path:
        """The folder of the logs of what is made here: training, and faults of commands."""
        return self.root / "build" / "log"


def project_root() -> Path:
    """Return the folder that holds clinic.yml, config.yml and the rest of the project."""
    return Path(__file__).resolve().parents[2]
