"""Values that several others are made of, computed once a row: as columns of an earlier step."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Steps:
    """The shared values of one frame; a value asked for stands for a column of a step before.

    Written out in full, an expression that stands in fifty branches would be computed fifty times.
    """

    def __init__(self) -> None:
        self._values: dict[str, ir.Value] = {}
        self._stand_ins: dict[Hashable, ir.Value] = {}

    def once(self, key: Hashable, make: Callable[[], ir.Value]) -> ir.Value:
        """The value that `make` gives, or gave before under the same key."""
        import ibis

        if key not in self._stand_ins:
            value = make()
            name = f"s{len(self._values)}"
            self._values[name] = value
            self._stand_ins[key] = ibis.table({name: value.type()}, name=name)[name]
        return self._stand_ins[key]

    def select(
        self,
        table: ir.Table,
        values: Mapping[str, ir.Value],
        stage: Callable[[ir.Table], ir.Table],
    ) -> ir.Table:
        """The values over `table`; `stage` makes a step's columns be computed before the next."""
        turns = self._turns()
        last = 1 + max(turns.values(), default=0)
        needed_until: dict[str, int] = {}
        for name, value in self._values.items():
            _note(needed_until, _columns_in(value), turns[name])
        for value in values.values():
            _note(needed_until, _columns_in(value), last)
        for turn in range(1, last):
            kept = [name for name in table.columns if needed_until.get(name, 0) > turn]
            made = [name for name, own in turns.items() if own == turn]
            table = stage(
                table.select(*kept, **{name: _over(table, self._values[name]) for name in made})
            )
        return table.select(**{name: _over(table, value) for name, value in values.items()})

    def _turns(self) -> dict[str, int]:
        """In which step, counted from 1, each shared value can be computed."""
        turns: dict[str, int] = {}
        # A value is kept after those it is made of, so their turns are known by then.
        for name, value in self._values.items():
            turns[name] = 1 + max((turns.get(part, 0) for part in _columns_in(value)), default=0)
        return turns


def _note(needed_until: dict[str, int], names: Iterable[str], turn: int) -> None:
    for name in names:
        needed_until[name] = max(turn, needed_until.get(name, 0))


def _columns_in(value: ir.Value) -> list[str]:
    from ibis.expr import operations as ops

    return [field.name for field in value.op().find(ops.Field)]


def _over(table: ir.Table, value: ir.Value) -> Any:
    """The value with every column taken from `table`."""
    from ibis.expr import operations as ops

    fields = value.op().find(ops.Field)
    own = {field: new for field in fields if (new := table[field.name].op()) != field}
    return value.op().replace(own).to_expr() if own else value
