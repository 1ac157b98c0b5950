"""Show records as list reads and single reads do."""

from collections import abc

from writeback_zoho.simulator.state import Json, Org
from writeback_zoho.simulator.tables import Table
from writeback_zoho.simulator.values import show

_ALWAYS: Json = {
    "$approved": True,
    "$editable": True,
    "$review_process": None,
    "$locked_for_me": False,
    "$approval_state": "approved",
    "$in_merge": False,
}


def show_record(org: Org, table: Table, row: int, names: abc.Sequence[str] | None) -> Json:
    """Show one record: the named fields and the id, or everything.

    A name nobody knows is left out.
    """
    fields = table.module.fields
    if names is None:
        told: Json = {name: show(org, of, table.value(row, name)) for name, of in fields.items()}
        return told | _ALWAYS
    told = {"id": table.ids.of(row)}
    for name in names:
        of = fields.get(name)
        if of is not None and of.data_type != "subform":
            told[name] = show(org, of, table.value(row, name))
    return told
