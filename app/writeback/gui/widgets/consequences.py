"""What an edit through a reference changes, in plain words and with a number where one is known."""

from writeback.gui.translating import tr
from writeback.gui.widgets.text import one_line
from writeback.model.integrations import ReferenceMode
from writeback.runtime.facade.references import ReferenceMeaning

REPOINT = ReferenceMode.REPOINT


def consequence(
    mode: ReferenceMode, path: str, meaning: ReferenceMeaning | None, shared: tuple[str, int]
) -> str:
    """Say in plain words, and with a number where one is known, what an edit changes."""
    hops = path.split(".")[:-1]
    value, records = shared
    if mode is REPOINT:
        who = one_line(meaning.points_at, 40) if meaning is not None and meaning.points_at else hops[-1]
        if len(hops) == 1:
            return tr(
                "Changing it points the record at another {who}. Only that record changes.",
                who=who,
            )
        where = one_line(meaning.object, 40) if meaning is not None else hops[-2]
        return tr(
            "Changing it points the {where} behind {hops} at another {who}: everybody "
            "who shows that {where} sees it.",
            where=where,
            hops=" › ".join(hops[:-1]),
            who=who,
        )
    what = one_line(meaning.field, 40) if meaning is not None and meaning.field else path.rpartition(".")[2]
    where = one_line(meaning.object, 40) if meaning is not None and meaning.object else hops[-1]
    crm = (
        tr(" and for everybody in {connection}", connection=one_line(meaning.connection, 40))
        if meaning is not None
        else ""
    )
    told = tr(
        "Changing it changes {what} of the {where} itself, in this workspace{crm}.",
        what=what,
        where=where,
        crm=crm,
    )
    if records:
        told += tr(" {value} alone stands in %n records here.", records, value=one_line(value, 60))
    return told
