"""Answers about campaigns."""

from writeback.model.permissions import Right
from writeback.runtime.answering.work import WorkAnswers
from writeback.runtime.campaigning import Campaigning
from writeback.runtime.facade.campaigns import CampaignImport, CampaignWish


class CampaignAnswers(WorkAnswers):
    """Answers about campaigns."""

    @property
    def campaigns(self) -> Campaigning:
        """Give what reads campaigns."""
        return Campaigning(self.workspace)

    def import_campaign(self, wish: CampaignWish, *, is_dry: bool = False, act: str) -> CampaignImport:
        """See `Facade.import_campaign`."""
        self._permitting.admit(Right.EDIT, wish.author)
        save = self.saver(wish.author, send=False, confirm_org="", act=act)
        return self._once(act, "import_campaign", lambda: self.campaigns.bring(wish, save, is_dry=is_dry))
