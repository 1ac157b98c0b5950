"""The chosen campaign: its figures, where its values go, what was imported for it, and its jobs."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from writeback.gui.i18n import moment, number
from writeback.gui.models.job_words import state_word
from writeback.gui.panels.figures_view import FiguresView
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.facts import Facts
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import clear, column, row, scrolled
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.campaigning import CampaignView
from writeback.runtime.facade import JobView
from writeback.runtime.views import AttributeView

FILES_SHOWN = 3


class CampaignSide(QFrame):
    """What a campaign holds.

    Signals:
        more: Another file shall be imported for it.
        review: What waits of it shall be planned.
        take_back: Its newest import shall be taken back.
        job: A job of it is to be shown; carries its id.
        undo: A job of it is to be undone; carries its id.
    """

    more = Signal()
    review = Signal()
    take_back = Signal()
    job = Signal(str)
    undo = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lacks = ""
        self.setProperty("box", "card")
        self.setAccessibleName(tr("The chosen campaign"))
        self._title = PlainLabel("", role="heading", wraps=True)
        self.figures = FiguresView()
        self.facts = Facts(titles_width=96)
        self.send = Button(tr("Review & send…"), kind="primary", picture="review", call=self.review.emit)
        self.add = Button(tr("Import more…"), picture="plus", call=self.more.emit)
        self.undo_import = Button(tr("Take back"), kind="quiet", picture="undo", call=self.take_back.emit)
        self._jobs_title = PlainLabel(tr("Jobs"), role="muted")
        self._jobs = QVBoxLayout()
        self._jobs.setSpacing(4)
        inside = QFrame()
        body = column(self.figures, self.facts, self._jobs_title, gap=4, margin=(0, 0, 2, 0))
        body.addLayout(self._jobs)
        body.addStretch(1)
        inside.setLayout(body)
        page = column(self._title, Flowing(self.send, self.add, self.undo_import), gap=2, margin=(4, 4, 2, 4))
        page.addWidget(scrolled(inside), 1)
        self.setLayout(page)
        self.setMinimumWidth(300)

    def show_campaign(
        self,
        view: CampaignView | None,
        jobs: abc.Sequence[JobView] = (),
        attributes: abc.Sequence[AttributeView] = (),
        *,
        lacks: str = "",
    ) -> None:
        """Show another campaign; None: none is chosen. `lacks` says why this person may not edit."""
        self._lacks = lacks
        self._title.set_text(view.campaign.name if view is not None else tr("Choose a campaign."))
        self.figures.setVisible(view is not None)
        none = "" if view is not None else tr("Choose a campaign first.")
        self.add.gate(none or lacks)
        self.send.gate(
            none or ("" if view is not None and view.waiting else tr("Nothing of it waits to be sent."))
        )
        self.undo_import.gate(
            none or lacks or ("" if view is not None and view.files else tr("Nothing was imported yet."))
        )
        if view is not None:
            one = view.campaign
            self.figures.show_figures(view.figures, one.survey, one.scale)
        self.facts.show_facts(self._told(view, attributes) if view is not None else ())
        self._show_jobs(jobs)

    def _told(
        self, view: CampaignView, attributes: abc.Sequence[AttributeView]
    ) -> abc.Iterator[tuple[str, str]]:
        titles = {one.attribute.name: one.attribute.title for one in attributes}
        names = [titles.get(name, tr("{name} (gone)", name=name)) for _, name in view.campaign.attributes]
        yield tr("Kept in"), ", ".join(names)
        yield tr("To be sent"), tr("%n values", view.waiting) if view.waiting else ""
        if view.nowhere:
            left = tr(
                "%n values: no CRM takes {names}. Switch write-back on to send them.",
                view.kept,
                names=", ".join(titles.get(one, one) for one in view.nowhere),
            )
            yield tr("Kept here only"), left
        now = self._desk.now()
        for file in view.files[:FILES_SHOWN]:
            told = tr(
                "{file} · {responses} of %n rows · {at} by {name}",
                file.rows,
                file=file.name,
                responses=number(file.responses),
                at=moment(file.imported_at, now=now),
                name=file.author,
            )
            yield tr("Imported"), told

    def _show_jobs(self, jobs: abc.Sequence[JobView]) -> None:
        clear(self._jobs)
        self._jobs_title.setVisible(bool(jobs))
        for one in jobs:
            self._jobs.addWidget(self._job_line(one))

    def _job_line(self, one: JobView) -> QFrame:
        words = tr(
            "Job {number} · {connection} · {state}",
            number=one.number,
            connection=one.connection,
            state=state_word(one, now=self._desk.now()),
        )
        show = Button(words, kind="quiet", picture="jobs", call=lambda: self.job.emit(str(one.id)))
        undo = Button(tr("Undo…"), kind="quiet", picture="undo", call=lambda: self.undo.emit(str(one.id)))
        undo.setAccessibleName(tr("Undo job {number}", number=one.number))
        undo.gate(self._lacks or ("" if one.finished_at is not None else tr("The job is still at work.")))
        holder = QFrame()
        holder.setLayout(row(show, undo, None, gap=1))
        return holder
