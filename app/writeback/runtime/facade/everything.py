"""All calls of a front end as one protocol."""

from typing import Protocol

from writeback.runtime.facade.attributes import AttributeCalls
from writeback.runtime.facade.campaigns import CampaignCalls
from writeback.runtime.facade.configurations import ConfigurationCalls
from writeback.runtime.facade.conflicts import ConflictCalls
from writeback.runtime.facade.connections import ConnectionCalls
from writeback.runtime.facade.deleted import DeletedCalls
from writeback.runtime.facade.drifts import DriftCalls
from writeback.runtime.facade.edits import EditCalls
from writeback.runtime.facade.file_questions import FileQuestions
from writeback.runtime.facade.files import FileCalls
from writeback.runtime.facade.grids import GridCalls
from writeback.runtime.facade.guards import GuardCalls
from writeback.runtime.facade.histories import HistoryCalls
from writeback.runtime.facade.jobs import JobCalls
from writeback.runtime.facade.models import ModelCalls
from writeback.runtime.facade.notices import NoticeCalls
from writeback.runtime.facade.people import PeopleCalls
from writeback.runtime.facade.plays import PlayCalls
from writeback.runtime.facade.plugins import PluginCalls
from writeback.runtime.facade.profiles import ProfileCalls
from writeback.runtime.facade.references import ReferenceCalls
from writeback.runtime.facade.schedules import ScheduleCalls
from writeback.runtime.facade.segments import SegmentCalls
from writeback.runtime.facade.sending import SendingCalls
from writeback.runtime.facade.trust import TrustCalls
from writeback.runtime.facade.work import WorkCalls


class Facade(
    ConnectionCalls,
    ModelCalls,
    AttributeCalls,
    DriftCalls,
    EditCalls,
    PeopleCalls,
    PluginCalls,
    ProfileCalls,
    ReferenceCalls,
    SendingCalls,
    JobCalls,
    ConflictCalls,
    GuardCalls,
    HistoryCalls,
    ScheduleCalls,
    SegmentCalls,
    FileCalls,
    FileQuestions,
    GridCalls,
    WorkCalls,
    PlayCalls,
    CampaignCalls,
    TrustCalls,
    ConfigurationCalls,
    NoticeCalls,
    DeletedCalls,
    Protocol,
):
    """Everything a front end may ask for. Errors are `WritebackError`s, also through the pipe."""
