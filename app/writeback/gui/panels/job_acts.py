"""What people and the program did about one job, as the audit trail keeps it."""

from PySide6.QtWidgets import QWidget

from writeback.gui.i18n import absolute, number
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import tr
from writeback.gui.widgets.layouts import column
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.job_views import ActLine, JobDetail

HASH_SHOWN = 12


class ActsPage(QWidget):
    """The entries that name a job or its plan, oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self.model: ListModel[ActLine] = ListModel(
            (
                Spec(tr("Entry"), lambda one: number(one.seq), is_number=True, width=80),
                Spec(tr("When"), lambda one: absolute(one.at), width=160),
                Spec(tr("Act"), lambda one: one.act, width=170),
                Spec(tr("What it says"), _body, tip=_body, width=460),
                Spec(
                    tr("Hash"),
                    lambda one: one.hash[:HASH_SHOWN],
                    tip=lambda one: one.hash,
                    tone=lambda _one: "muted",
                    width=130,
                ),
            )
        )
        self.table = Table(tr("Audit trail of the job"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        words = PlainLabel(
            tr("Values stand here as salted digests only; each entry is chained to the one before."),
            role="muted",
            wraps=True,
        )
        body = column(words, gap=2, margin=(0, 3, 0, 0))
        body.addWidget(self.table, 1)
        self.setLayout(body)

    def show_job(self, detail: JobDetail) -> None:
        """Show the entries as they are now."""
        self.model.show_rows(detail.acts)


def _body(one: ActLine) -> str:
    return " · ".join(f"{name} {value}" for name, value in one.body if name not in ("job", "plan", "digest"))
