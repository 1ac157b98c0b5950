"""Campaigns: answers to surveys as values of records; the list with its figures, and the import step by step.

Nothing is sent from here: what an import changes waits until Review & send sends it as one job.
"""

from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtWidgets import QWidget

from writeback.gui.models.campaign_lines import campaigns_model
from writeback.gui.panels.campaign_import import ImportPage
from writeback.gui.panels.campaign_side import CampaignSide
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import PageHead, column, whole_page, yielding
from writeback.gui.widgets.pages import Pages
from writeback.gui.widgets.splits import Split
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table, keep_lines
from writeback.model.changes import Origin
from writeback.model.events import EventKind
from writeback.model.permissions import Right
from writeback.model.types import JobId
from writeback.runtime.campaigning import CampaignView
from writeback.runtime.facade import JobView, PlanSource
from writeback.runtime.facade.campaigns import TakenBack
from writeback.runtime.reading import Reading
from writeback.runtime.views import AttributeView

JOBS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the screen shows."""

    campaigns: tuple[CampaignView, ...]
    jobs: tuple[JobView, ...]
    """Those of campaigns, the newest first."""
    attributes: dict[str, tuple[AttributeView, ...]] = field(default_factory=dict)
    """By entity."""
    titles: dict[str, str] = field(default_factory=dict)
    """Of entities, by name."""
    lacks: str = ""
    """Why this person may not edit; '' they may."""


class CampaignsPanel(Panel):
    """The screen. Its subject is the path of a file of answers."""

    cares_about = frozenset(
        {EventKind.EDIT_SAVED, EventKind.JOB_CHANGED, EventKind.MODEL_CHANGED, EventKind.RECORDS_PULLED}
    )

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Campaigns"), parent=parent)
        self._loaded = Loaded((), ())
        self._titles: dict[str, str] = {}
        self._wanted = ""
        self.model = campaigns_model(desk.now, self._titles, self)
        self.table = Table(tr("Campaigns"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs], spare=(4, 1, 6, 5))
        self.table.chosen.connect(lambda _row: self._import_more())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose())
        self.side = CampaignSide(desk)
        self.side.more.connect(self._import_more)
        self.side.review.connect(self._review_chosen)
        self.side.take_back.connect(self._take_back)
        self.side.job.connect(lambda job: self.asked.emit("jobs", job))
        self.side.undo.connect(self._undo)
        both = Split(self.table, self.side, shares=(480, 600))
        self.table.setMinimumWidth(320)
        keep_lines(self.table)
        self.states = States(yielding(column(both)))
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self.start)
        self._pages = Pages()
        self._pages.addWidget(self.states)
        self.begin = Button(tr("Import answers…"), picture="plus", call=self.start)
        self._head = PageHead(
            tr("Campaigns"),
            self.begin,
            explains=tr("Answers to NPS and CSAT surveys as values of records; the newest of each counts."),
        )
        page = column(self._head, gap=4, margin=(8, 5, 8, 5))
        page.addWidget(self._pages, 1)
        self.setLayout(whole_page(page))
        self.offer("import_answers")

    @cached_property
    def steps(self) -> ImportPage:
        """The steps of an import, built with the first one."""
        made = ImportPage(self.desk)
        made.left.connect(self._show_list)
        made.planned.connect(self._review)
        made.imported.connect(self.refresh)
        self._pages.addWidget(made)
        return made

    # for the window

    def first_focus(self) -> QWidget:
        return self.table if self._pages.currentWidget() is self.states else self.steps.next

    def open(self, subject: object = None) -> None:
        """Come to the front; a path begins an import of that file."""
        super().open()
        if isinstance(subject, str) and subject:
            self._show_import(subject, "")

    def do(self, what: str) -> bool:
        if what != "import_answers":
            return False
        self.start()
        return True

    def refresh(self) -> None:
        self.states.loading()
        author = self.desk.author

        def read(reads: Reading) -> Loaded:
            entities = reads.entities()
            found = reads.campaigns.views()
            jobs = tuple(one for one in reads.jobs() if one.origin is Origin.CAMPAIGN)
            wanted = {one.campaign.entity for one in found}
            return Loaded(
                found,
                tuple(sorted(jobs, key=lambda one: -one.number)),
                {entity: reads.attribute_views(entity) for entity in wanted},
                {one.name: one.title for one in entities},
                reads.team().lacks(author, Right.EDIT),
            )

        self.desk.read(self, read, done=self._show, failed=self.states.error)

    # the list

    def _show(self, loaded: Loaded) -> None:
        before = self._chosen
        name = self._wanted or (before.campaign.name if before is not None else "")
        self._wanted = ""
        self._loaded = loaded
        self._tell_rights()
        self._titles.update(loaded.titles)
        self.model.show_rows(loaded.campaigns)
        places = [place for place, one in enumerate(loaded.campaigns) if one.campaign.name == name]
        self.table.go_to(places[0] if places else 0)
        broken = [one.campaign.name for one in loaded.campaigns if one.gone]
        if not loaded.campaigns:
            self.states.empty(
                tr("No campaign yet"),
                tr(
                    "Import a file of answers to a survey: they are matched to your records, and the newest "
                    "score of each becomes a value that can be written to your CRMs."
                ),
                act=tr("Import answers…"),
                picture="campaign",
            )
        elif broken:
            self.states.partial(
                tr(
                    "These write attributes that are gone: {names}. Import more to choose others.",
                    names=", ".join(broken),
                )
            )
        else:
            self.states.ready()
        self._choose()

    @property
    def _chosen(self) -> CampaignView | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _choose(self) -> None:
        one, loaded = self._chosen, self._loaded
        if one is None:
            self.side.show_campaign(None)
            return
        jobs = [job for job in loaded.jobs if job.reason == one.campaign.name][:JOBS_SHOWN]
        known = loaded.attributes.get(one.campaign.entity, ())
        self.side.show_campaign(one, jobs, known, lacks=loaded.lacks)

    def _tell_rights(self) -> None:
        lacks = self._loaded.lacks
        is_importing = self._pages.currentWidget() is self.steps
        self.begin.gate(lacks or (tr("An import is open below.") if is_importing else ""))
        self.steps.forbid(lacks)
        self.offer(*(() if lacks else ("import_answers",)))

    def _show_list(self) -> None:
        self._pages.setCurrentWidget(self.states)
        self._tell_rights()
        self.refresh()
        self.table.setFocus()

    # step by step

    def start(self) -> None:
        """Begin an import, or go on with the one that was left."""
        self._show_import("", "")

    def _import_more(self) -> None:
        one = self._chosen
        if one is not None:
            self._show_import("", one.campaign.name)

    def _show_import(self, path: str, campaign: str) -> None:
        if self._loaded.lacks:
            self.states.banner.tell(self._loaded.lacks, tone="warning")
            return
        self._pages.setCurrentWidget(self.steps)
        self._tell_rights()
        self.steps.begin(path, campaign)

    # sending and taking back

    def _review_chosen(self) -> None:
        one = self._chosen
        if one is not None:
            self._review(one.campaign.name)

    def _review(self, name: str) -> None:
        self._wanted = name
        source = PlanSource(
            kind="drafts", origin=Origin.CAMPAIGN, author=self.desk.author, reason=name, campaign=name
        )
        self.asked.emit("review", source)

    def _undo(self, job: str) -> None:
        source = PlanSource(kind="undo", origin=Origin.UNDO, author=self.desk.author, job_id=JobId(job))
        self.asked.emit("review", source)

    def _take_back(self) -> None:
        one = self._chosen
        if one is None or not one.files:
            return
        name, what, author = one.campaign.name, one.files[0].act, self.desk.author

        def done(told: TakenBack) -> None:
            words = tr("{file} is taken back: %n answers are forgotten.", told.responses, file=told.file)
            if told.left:
                left = tr("%n values were sent or edited since and stay; their job can be undone.", told.left)
                words = f"{words} {left}"
            self.told.emit(words)
            self.refresh()

        self.desk.ask(
            self,
            lambda facade, act: facade.take_back_import(name, what, author=author, act=act),
            done=done,
            failed=self.complain,
        )
