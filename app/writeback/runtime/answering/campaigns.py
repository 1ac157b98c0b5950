"""Answers about campaigns."""

from writeback.model.permissions import Right
from writeback.runtime.answering.work import WorkAnswers
from writeback.runtime.campaigning import Campaigning
from writeback.runtime.facade.campaigns import CampaignImport, CampaignWish, TakenBack


class CampaignAnswers(WorkAnswers):
    """Answers about campaigns."""

    @property
    def campaigns(self) -> Campaigning:
        """Give what reads campaigns."""
        return Campaigning(self.workspace)

    def import_campaign(
        self, wish: CampaignWish, *, is_dry: bool = False, most: int = 0, leftovers: str = "", act: str
    ) -> CampaignImport:
        """See `Facade.import_campaign`."""
        self._permitting.admit(Right.EDIT, wish.author)
        save = self.saver(wish.author, send=False, confirm_org="", act=act)

        def bring() -> CampaignImport:
            return self.campaigns.bring(wish, save, is_dry=is_dry, most=most, leftovers=leftovers, act=act)

        return bring() if is_dry else self._once(act, "import_campaign", bring)

    def take_back_import(self, campaign: str, what: str, *, author: str = "", act: str) -> TakenBack:
        """See `Facade.take_back_import`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(
            act,
            "take_back_import",
            lambda: self.campaigns.take_back(
                campaign, what, author=author or self._permitting.author, act=act
            ),
        )
