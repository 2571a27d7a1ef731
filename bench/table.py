"""The figures as a table, each with its ratio to the stock pipeline's."""

from collections.abc import Mapping, Sequence

ROWS = (
    ("accuracy_percent", "right intent, %", "{:.1f}"),
    ("rejected_percent", "sent to the fallback, %", "{:.1f}"),
    ("training_seconds", "training, s", "{:.1f}"),
    ("load_seconds", "start to loaded, s", "{:.1f}"),
    ("parse_p50_ms", "a message p50, ms", "{:.1f}"),
    ("parse_p95_ms", "a message p95, ms", "{:.1f}"),
    ("memory_mb", "memory when serving, MB", "{:.0f}"),
    ("model_mb", "model archive, MB", "{:.1f}"),
)


def render(
    titles: Sequence[str], figures: Sequence[Mapping[str, float]], stock: Mapping[str, float]
) -> str:
    """Return the table as text; the last column is the first pipeline divided by the stock one."""
    lines = [_line(["", *titles, "ratio"])]
    for key, label, shape in ROWS:
        cells = [shape.format(each[key]) for each in figures]
        ratio = f"{figures[0][key] / stock[key]:.2f}" if stock[key] else "-"
        lines.append(_line([label, *cells, ratio]))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    first, *others = cells
    return f"{first:<26}" + "".join(f"{cell:>18}" for cell in others)
