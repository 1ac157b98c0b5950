"""The rows of a preview: what the CRM gives, what would be kept, and what would not."""

from writeback.engine.previewing import Preview, PreviewCell, PreviewRow
from writeback.gui.i18n import NOT_SET
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import mark, tr
from writeback.model.integrations import EmptyRule
from writeback.runtime.sentences import sentence_of

CHANGE_FORMAT = mark("Choose another format for the field, or change the value in the CRM.")
OURS_STAYS = mark("(ours stays)")


def preview_model(told: Preview) -> ListModel[PreviewRow]:
    """Make the table: the record, then one column a path."""
    made: ListModel[PreviewRow] = ListModel(
        (
            Spec(tr("Record"), lambda row: row.record_id, tone=lambda _row: "muted", width=170),
            *(_spec(path, place) for place, path in enumerate(told.paths)),
        )
    )
    made.show_rows(told.rows)
    return made


def words_of(cell: PreviewCell) -> tuple[str, str, str]:
    """Give a cell in full: as the CRM gives it, as it is kept, and why it is not."""
    raw = cell.raw or tr(NOT_SET)
    if cell.code:
        told = sentence_of(cell.code, {"value": cell.raw})
        is_read = cell.code.startswith("value.")  # a format read it: how to type a value does not help here
        return raw, tr("not kept"), f"{told.happened} {(tr(CHANGE_FORMAT) if is_read else told.advice)}"
    if cell.empty is EmptyRule.KEEP:
        return raw, tr(OURS_STAYS), tr("The field is empty in the CRM, and the mapping says: keep ours.")
    if cell.empty is EmptyRule.DEFAULT:
        return raw, cell.kept, tr("The field is empty in the CRM, and the mapping gives it a default.")
    return raw, cell.kept or tr(NOT_SET), ""


def _spec(path: str, place: int) -> Spec[PreviewRow]:
    return Spec(
        path,
        lambda row: _text(row.cells[place]),
        tone=lambda row: _tone(row.cells[place]),
        picture=lambda row: "refused" if row.cells[place].code else "",
        tip=lambda row: " · ".join(part for part in words_of(row.cells[place]) if part),
        width=176,
    )


def _text(cell: PreviewCell) -> str:
    if cell.code:
        return tr("not kept: {raw}", raw=cell.raw)
    if cell.empty is EmptyRule.KEEP:
        return tr(OURS_STAYS)
    if cell.empty is EmptyRule.DEFAULT:
        return tr("{kept} (default)", kept=cell.kept)
    if cell.raw == cell.kept:
        return cell.raw or tr(NOT_SET)
    return f"{cell.raw} → {cell.kept}"


def _tone(cell: PreviewCell) -> str:
    if cell.code:
        return "refused"
    if cell.empty is EmptyRule.DEFAULT:
        return "draft"
    if not cell.kept:
        return "muted"
    return "" if cell.raw == cell.kept else "accent"
