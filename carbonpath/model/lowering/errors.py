"""What can go wrong while rules are lowered; `model/build.py` turns it into a ModelError."""


class LoweringError(Exception):
    """A model cannot be built from what was declared. `problems` holds one sentence per cause."""

    def __init__(self, problems: str | list[str]) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))


class NotLowerable(Exception):  # noqa: N818 - a signal inside the package, not a user's error
    """A rule holds something the array evaluator does not know; Pyomo expands its family."""
