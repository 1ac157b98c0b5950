"""Link CRM records that came in for the first time to records of ours that are the same thing.

The same thing: the value of the integration's match attribute is equal, but for case and blanks around
it, and that of exactly one record which this integration has not yet. All in SQL over the file of a
pull, for its new rows only; records of other CRMs are never looked through row by row.

Must not: link by likeness, undo a link, touch a record that is linked already.
"""

import sqlite3
from typing import Final

from writeback.model.integrations import Integration
from writeback.store import sqlite, wide

_LINKS: Final = """
create table wanted as select {mine} as value, r.key as key from delta d join rows r on r.key = d.key
  where d.kind = 'added' and {mine} <> '';
create index wanted_by_value on wanted (value);
create table held as select {theirs} as value, h.rid as rid from ws.{records} h
  where not h.gone and {theirs} in (select value from wanted)
  and not exists (select 1 from ws.{snapshot} s where s.rid = h.rid);
create index held_by_value on held (value);
create table ways as select w.value as value, count(distinct w.key) as keys, count(distinct h.rid) as rids
  from wanted w join held h on h.value = w.value group by w.value;
insert into links select w.key, h.rid from ways y join wanted w on w.value = y.value
  join held h on h.value = y.value where y.keys = 1 and y.rids = 1;
"""


def link(file: sqlite3.Connection, integration: Integration) -> tuple[int, int]:
    """Fill the table `links` of a pull's file: new CRM key → record that it belongs to.

    Args:
        file: The file of the pull, with its rows compared and the workspace attached as `ws`; inside a
            transaction.
        integration: Whose rows.

    Returns:
        How many are linked, and how many are not because the match is ambiguous.
    """
    mapping = integration.mapping_of(integration.match) if integration.match else None
    if mapping is None:
        return 0, 0
    script = _LINKS.format(
        mine=sqlite.folded(f"r.{sqlite.quoted(wide.path_column(str(mapping.path)))}"),
        theirs=sqlite.folded(f"h.{sqlite.quoted(integration.match)}"),
        records=sqlite.quoted(wide.record_table(integration.entity)),
        snapshot=sqlite.quoted(wide.snapshot_table(integration.id)),
    )
    for statement in script.split(";\n"):
        if statement.strip():
            file.execute(statement)
    (linked,) = file.execute("select count(*) from links").fetchone()
    query = "select coalesce(sum(keys), 0) from ways where keys > 1 or rids > 1"
    (ambiguous,) = file.execute(query).fetchone()
    return int(linked), int(ambiguous)
