"""`x` and `d` as a rule sees them on the fast path: subscripts give nodes of a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .tables import Data, Join, labels_of
from .templates import ColumnItem, DataItem, JoinItem, LookupItem, is_plain

if TYPE_CHECKING:
    from .blocks import Reference
    from .space import Space
    from .tables import Index


class Columns:
    """A variable or a quantity, to be subscripted."""

    __iter__ = None
    __contains__ = None

    def __init__(self, name: str, index: Index) -> None:
        self.name = name
        self.index = index

    def __getitem__(self, key: Any) -> ColumnItem:
        return ColumnItem((self, *labels_of(f"x.{self.name}", key, self.index.letters)))


class Given:
    """Data or a lookup, to be subscripted."""

    __iter__ = None
    __contains__ = None

    def __init__(self, table: Reference) -> None:
        self.table = table

    def __getitem__(self, key: Any) -> Any:
        labels = labels_of(f"d.{self.table.name}", key, self.table.letters)
        if isinstance(self.table, Join):
            return JoinItem((self.table, *labels))
        if all(map(is_plain, labels)):
            return self.table.read(labels)
        node = DataItem if isinstance(self.table, Data) else LookupItem
        return node((self.table, *labels))


class SymbolicColumns:
    """`x`: variables and quantities by name."""

    def __init__(self, space: Space) -> None:
        self._space = space

    def __getattr__(self, name: str) -> Any:
        index = self._space.index_of(name)
        columns = Columns(name, index)
        return columns if index.letters else columns[()]


class SymbolicData:
    """`d`: data, lookups and joins by name."""

    def __init__(self, space: Space) -> None:
        self._space = space

    def __getattr__(self, name: str) -> Any:
        given = Given(self._space.reference(name))
        return given if given.table.letters else given[()]
