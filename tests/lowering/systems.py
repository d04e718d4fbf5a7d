"""A small energy system declared through Space, and a way to write keys as labels."""

from collections.abc import Hashable, Sequence
from typing import Any

from carbonpath.model.lowering import Space

LABELS = {
    "r": ("north", "south"),
    "t": ("coal", "wind", "battery"),
    "v": ("pooled", "2020", "2030"),
    "p": ("2020", "2030"),
    "s": ("day", "night"),
    "n": (1, 2),
}
RUNS = {"north": ("coal", "wind"), "south": ("wind", "battery")}


def coded(letters: Sequence[str], keys: Sequence[Sequence[Hashable]]) -> list[list[int]]:
    """Return keys of labels as rows of codes."""
    return [[LABELS[a].index(b) for a, b in zip(letters, key, strict=True)] for key in keys]


class Small(Space):
    """The same declarations as Space takes, with labels instead of codes."""

    def over(self, name: str, letters: str, *keys: Sequence[Hashable]) -> None:
        """Declare an index."""
        self.index(name, letters, coded(letters, keys))

    def given(self, name: str, letters: str, values: dict[Any, float], **options: Any) -> None:
        """Declare data; the keys of `values` are strings or tuples of labels."""
        keys = [key if isinstance(key, tuple) else (key,) for key in values]
        self.data(name, letters, coded(letters, keys), list(values.values()), **options)

    def members(self, name: str, key: str, member: str, *rows: Sequence[Hashable]) -> None:
        """Declare a join."""
        self.join(name, key, member, coded([*key, *member], rows))


def system(**options: Any) -> Small:
    """Return two regions that run two technologies each, in two periods by day and night."""
    space = Small(LABELS, **options)
    pairs = [(r, t) for r, ts in RUNS.items() for t in ts]
    times = [(p, s) for p in LABELS["p"] for s in LABELS["s"]]
    space.over("nothing", "", ())
    space.over("technologies", "rt", *pairs)
    space.over("runs", "rtps", *[(*pair, *time) for pair in pairs for time in times])
    space.over("balances", "rps", *[(r, *time) for r in RUNS for time in times])
    space.over("totals", "rp", *[(r, p) for r in RUNS for p in LABELS["p"]])
    space.over("later", "rtp", *[(*pair, "2030") for pair in pairs])
    space.over("built", "rtv", *[(*pair, v) for pair in pairs for v in ("2020", "2030")])
    space.variable("activity", "runs", 0.0, 50.0)
    space.variable("capacity", "built", upper=[10.0 * (i + 1) for i in range(8)])
    space.variable("cap_miss", "nothing")
    space.members("techs", "r", "t", *pairs)
    space.members("regions", "", "r", *[(r,) for r in RUNS])
    space.members("slices", "", "s", *[(s,) for s in LABELS["s"]])
    space.members("periods", "", "p", ("2020",), ("2030",))
    space.members("storage", "r", "t", ("south", "battery"))
    space.members("served", "rp", "tv", *[
        (*pair[:1], p, pair[1], v)
        for pair in pairs for p, v in (("2020", "2020"), ("2030", "2020"), ("2030", "2030"))
    ])  # fmt: skip
    space.lookup("previous", "p", coded("p", [("2030",)]), "p", [0])
    space.lookup("other", "s", coded("s", [("day",), ("night",)]), "s", [1, 0])
    space.given("share", "s", {"day": 0.4, "night": 0.6})
    space.given("demand", "rp", {(r, p): 5.0 + i for i, (r, p) in enumerate(
        (r, p) for r in RUNS for p in LABELS["p"])})  # fmt: skip
    space.given("cost", "t", {"coal": 3.0, "wind": 0.5, "battery": 0.25})
    space.given("factor", "t", {"coal": 0.9}, default=0.0)
    space.given("length", "p", {"2020": 1.0, "2030": 10.0})
    space.given("cap", "", {(): 40.0})
    return space


def solvable(**options: Any) -> Small:
    """Return the system with balances, limits on capacity, a cap and costs."""
    space = system(**options)
    space.quantity(
        "output", "totals",
        lambda x, d, r, p: sum(d.share[s] * x.activity[r, t, p, s]
                               for t in d.techs[r] for s in d.slices),
    )  # fmt: skip
    space.quantity(
        "emissions", "totals",
        lambda x, d, r, p: sum(d.factor[t] * x.activity[r, t, p, s]
                               for t in d.techs[r] for s in d.slices),
    )  # fmt: skip
    space.quantity(
        "all_emissions",
        "nothing",
        lambda x, d: sum(x.emissions[r, p] for r in d.regions for p in d.periods),
    )
    space.constraint("balance", "totals", lambda x, d, r, p: x.output[r, p] >= d.demand[r, p])
    space.constraint("emission_cap", "nothing", lambda x, d: x.all_emissions - x.cap_miss <= d.cap)
    space.constraint(
        "growth", "later",
        lambda x, d, r, t, p: sum(x.activity[r, t, p, s] for s in d.slices)
        <= 2 * sum(x.activity[r, t, d.previous[p], s] for s in d.slices) + 1,
    )  # fmt: skip
    space.cost(
        "running_cost", "runs",
        lambda x, d, r, t, p, s: d.cost[t] * d.length[p] * x.activity[r, t, p, s],
    )  # fmt: skip
    space.quantity("miss_cost", "nothing", lambda x, d: 100 * x.cap_miss + 7)
    space.objective({"miss_cost": 2.0})
    return space
