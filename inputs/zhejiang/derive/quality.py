"""Print how many rows of each table are official, derived, proxy or assumed, by sector.

Run by hand after a change of the dataset and copy the result into docs/data.md:
python inputs/zhejiang/derive/quality.py
"""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

DATASET = Path(__file__).parent.parent
QUALITIES = ["official", "derived", "proxy", "assumed"]


def rows() -> Iterator[pd.DataFrame]:
    """Yield sector, table and quality of every row that carries a quality."""
    for path in sorted([*DATASET.glob("*.csv"), *DATASET.glob("sectors/*/*.csv")]):
        table = pd.read_csv(path, dtype=str).fillna("")
        if "quality" in table:
            sector = path.parent.name if path.parent != DATASET else "dataset"
            yield table[["quality"]].assign(sector=sector, table=path.stem)


def main() -> None:
    """Print one table by sector and one by table, in Markdown."""
    tagged = pd.concat(rows())
    tagged = tagged[tagged["quality"] != ""]
    for by in ("sector", "table"):
        counts = tagged.groupby([by, "quality"]).size().unstack(fill_value=0)
        counts = counts.reindex(columns=QUALITIES, fill_value=0)
        counts["rows"] = counts.sum(axis=1)
        print(f"| {by} | " + " | ".join(counts.columns) + " |")
        print("|---|" + "---:|" * len(counts.columns))
        for name, line in counts.iterrows():
            print(f"| {name} | " + " | ".join(str(number) for number in line) + " |")
        print()


if __name__ == "__main__":
    main()
