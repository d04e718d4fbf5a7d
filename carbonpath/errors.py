"""Every exception that carbonpath raises on purpose, and the exit code it leads to.

What they say are sentences that know their code; what a code means is in spec/codes.csv.
"""

from collections.abc import Sequence


class Coded(str):
    """A sentence about a problem that knows its code, and the lines of the file it is about."""

    code: str
    excerpt: str

    def __new__(cls, sentence: str, code: str = "", excerpt: str = "") -> "Coded":
        """Return the sentence with its code; one that has a code keeps it."""
        made = super().__new__(cls, sentence)
        made.code = getattr(sentence, "code", code)
        made.excerpt = excerpt or getattr(sentence, "excerpt", "")
        return made


def code_in(problem: str) -> str:
    """Return the code of a sentence, '' if it has none."""
    return str(getattr(problem, "code", ""))


class CarbonpathError(Exception):
    """A failure with a place and a remedy. `problems` holds one sentence for each cause."""

    exit_code = 1

    def __init__(self, problems: str | Sequence[str], code: str = "") -> None:
        listed = [problems] if isinstance(problems, str) else list(problems)
        self.problems: list[str] = [Coded(sentence, code) for sentence in listed]
        super().__init__("\n".join(self.problems))


class ScenarioError(CarbonpathError):
    """A scenario file is wrong."""

    exit_code = 3


class InputError(CarbonpathError):
    """The tables of a dataset are wrong."""

    exit_code = 3


class ModelError(CarbonpathError):
    """A matrix could not be built from a valid system, or fails a gate before solving."""

    exit_code = 3


class SolveError(CarbonpathError):
    """The solver gave no optimum; `exit_code` tells infeasible 4, unbounded 5, stopped 6."""

    exit_code = 6

    def __init__(self, problems: str | Sequence[str], exit_code: int = 6, code: str = "") -> None:
        super().__init__(problems, code)
        self.exit_code = exit_code


class CertificateError(CarbonpathError):
    """A solved run failed an identity or certificate check."""

    exit_code = 7


class PartialError(CarbonpathError):
    """Only part of what was asked for could be done."""

    exit_code = 8


class EnvironmentFault(CarbonpathError):  # noqa: N818 - 'EnvironmentError' is Python's own
    """The machine stands in the way: disk full, folder read-only, result in use, solver missing."""

    exit_code = 9
