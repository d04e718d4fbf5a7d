"""Every exception that carbonpath raises on purpose, and the exit code it leads to."""


class CarbonpathError(Exception):
    """A failure with a place and a remedy. `problems` holds one sentence for each cause."""

    exit_code = 1

    def __init__(self, problems: str | list[str]) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
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

    def __init__(self, problems: str | list[str], exit_code: int = 6) -> None:
        super().__init__(problems)
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
