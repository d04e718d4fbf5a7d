"""Random sparse systems: the lowered matrix is the one that Pyomo expands."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonpath.model.lowering import Space
from carbonpath.model.lowering.compare import differences

LETTERS = "abc"
SIZES = {"a": 3, "b": 4, "c": 2}
LABELS = {letter: [f"{letter}{i}" for i in range(size)] for letter, size in SIZES.items()}


@st.composite
def tables(draw: st.DrawFn, letters: str, fewest: int = 0) -> np.ndarray[Any, Any]:
    """Draw a sparse table: some of all keys in any order, or blocks, or all keys in order."""
    every = np.indices([SIZES[a] for a in letters]).reshape(len(letters), -1).T
    if draw(st.booleans()):
        kept = st.lists(st.integers(0, SIZES[letters[0]] - 1), unique=True, min_size=1)
        return every[np.isin(every[:, 0], draw(kept))]
    rows = draw(
        st.lists(st.integers(0, len(every) - 1), unique=True, min_size=min(fewest, len(every)))
    )
    return every[rows]


@st.composite
def spaces(draw: st.DrawFn) -> Space:
    """Draw variables, data with and without default, joins with duplicates, and lookups."""
    space = Space(LABELS, strict=True)
    number = st.integers(-4, 4).map(lambda n: n / 4)
    for name in ("ab", "abc", "b"):
        rows = draw(tables(name, 1))
        space.index(f"over_{name}", name, rows)
        space.variable(f"x_{name}", f"over_{name}", -1.0, 1.0)
        values = draw(st.lists(number, min_size=len(rows), max_size=len(rows)))
        space.data(f"d_{name}", name, rows, values, default=0.0)
    for name, over in (("members", "ab"), ("deeper", "abc")):
        codes = draw(st.lists(st.sampled_from(space.indices[f"over_{over}"].codes.tolist())))
        space.join(name, "a", over[1:], np.array(codes, int).reshape(-1, len(over)))
    space.join("by_c", "ac", "b", space.indices["over_abc"].codes[:, [0, 2, 1]])
    space.join("every", "", "ab", space.indices["over_ab"].codes)
    first = space.indices["over_b"].codes
    target = draw(st.lists(st.sampled_from(first[:, 0].tolist()), min_size=4, max_size=4))
    space.lookup("next_b", "b", np.arange(4)[:, None], "b", target)
    return space


@given(spaces(), st.sampled_from((2.0, -0.5, 1.0)))
@settings(max_examples=60, deadline=None)
def test_random_systems_agree(space: Space, factor: float) -> None:
    """Quantities, quantities of quantities, constraints and costs agree on both paths."""
    space.quantity(
        "total", "over_ab",
        lambda x, d, a, b: d.d_ab[a, b] * x.x_ab[a, b]
        + sum(d.d_ab[a, k] * x.x_ab[a, k] / 2 + d.d_b[k] for k in d.members[a]),
    )  # fmt: skip
    space.quantity(
        "widest", "over_abc",
        lambda x, d, a, b, c: d.d_b[b]
        * sum(d.d_abc[a, k, c] * x.x_abc[a, k, c] for k in d.by_c[a, c])
        - sum(d.d_b[k] for k in d.by_c[a, c]),
    )  # fmt: skip
    space.quantity(
        "deep", "over_ab",
        lambda x, d, a, b: factor * x.total[a, b]
        - sum(d.d_abc[a, k, c] * x.x_abc[a, k, c] for k, c in d.deeper[a])
        - sum(d.d_ab[a, k] * sum(x.x_abc[a, m, c] for m, c in d.deeper[a]) for k in d.members[a]),
    )  # fmt: skip
    space.constraint(
        "step", "over_b", lambda x, d, b: x.x_b[b] - 1 <= factor * x.x_b[d.next_b[b]] + d.d_b[b]
    )
    space.constraint("held", "over_ab", lambda x, d, a, b: x.deep[a, b] + x.total[a, b] >= factor)
    space.constraint(
        "same", "over_abc",
        lambda x, d, a, b, c: d.d_abc[a, b, c] == x.x_abc[a, b, c]
        - sum(x.deep[i, j] for i, j in d.every),
    )  # fmt: skip
    space.cost("spent", "over_abc", lambda x, d, a, b, c: d.d_abc[a, b, c] * x.x_abc[a, b, c])
    assert differences(space.matrix(), space.expanded().matrix()) == []


@given(tables("abc"), tables("abc"))
def test_keys_are_found_where_they_are(known: Any, asked: Any) -> None:
    """A table gives the row of each key it has, and 0 for each it has not."""
    space = Space(LABELS)
    table = space.index("known", "abc", known)
    rows = {tuple(key): row + 1 for row, key in enumerate(known.tolist())}
    found = table.locator.find(list(asked.T.astype(np.int32)))
    assert found.tolist() == [rows.get(tuple(key), 0) for key in asked.tolist()]


@pytest.mark.parametrize("sizes", [(300, 200, 250, 40), (9000, 3, 9000, 9000)])
def test_keys_are_found_in_large_sparse_tables(sizes: tuple[int, ...]) -> None:
    """A table with far more possible than existing keys is searched in small steps."""
    rng = np.random.default_rng(1)
    codes = np.unique(rng.integers(0, sizes, (5000, 4)), axis=0).astype(np.int32)
    space = Space({letter: range(size) for letter, size in zip("abcd", sizes, strict=True)})
    table = space.index("sparse", "abcd", rng.permutation(codes))
    assert (table.locator.find(list(table.codes.T)) == 1 + np.arange(len(codes))).all()
    other = rng.integers(0, sizes, (5000, 4)).astype(np.int32)
    other[::2, :2] = table.codes[: len(other[::2]), :2]
    known = set(map(tuple, codes.tolist()))
    found = table.locator.find(list(other.T)) > 0
    assert found.tolist() == [tuple(key) in known for key in other.tolist()]


def test_nothing_is_found_in_an_empty_table() -> None:
    """A table without rows has no key, however many are possible."""
    space = Space({"a": range(20000), "b": range(9000)})
    table = space.index("empty", "ab", np.zeros((0, 2)))
    assert table.locator.find([np.array([[3]], np.int32)] * 2).tolist() == [[0]]


@pytest.mark.parametrize("key", ["ab", "abcdabcd"])
def test_members_are_found_under_their_keys(key: str) -> None:
    """Members of a join stay together in the order given, however many keys are possible."""
    sizes = {"a": 9000, "b": 3, "c": 9000, "d": 9000}
    rng = np.random.default_rng(2)
    keys = rng.integers(0, [sizes[letter] for letter in key], (40, len(key)))
    table = np.column_stack([keys[rng.integers(0, 40, 200)], rng.integers(0, 3, 200)])
    space = Space({letter: range(size) for letter, size in sizes.items()})
    join = space.join("members", key, "b", table)
    for one in keys.tolist():
        expected = [row[-1] for row in table.tolist() if row[:-1] == one]
        assert join.read(tuple(one)) == expected
