"""Answers about configuration files."""

from typing import cast

from writeback.model.configurations import ConfigDiff, ConfigImported
from writeback.model.permissions import Right
from writeback.runtime.answering.once import Answering
from writeback.runtime.config_importing import ConfigImporting
from writeback.runtime.facade.everything import Facade


class ConfigurationAnswers(Answering):
    """Answers about configuration files."""

    def compare_configuration(
        self, text: str, *, name: str, pairs: tuple[tuple[str, str], ...] = ()
    ) -> ConfigDiff:
        """See `Facade.compare_configuration`."""
        return self._configuring.compare(text, name=name, pairs=pairs)

    def import_configuration(
        self,
        text: str,
        *,
        name: str,
        ticked: tuple[str, ...],
        pairs: tuple[tuple[str, str], ...] = (),
        author: str = "",
        act: str,
    ) -> ConfigImported:
        """See `Facade.import_configuration`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(
            act,
            "import_configuration",
            lambda: self._configuring.apply(
                text, name=name, pairs=pairs, ticked=ticked, author=author, act=act
            ),
        )

    @property
    def _configuring(self) -> ConfigImporting:
        # the whole is the façade; a mixin cannot say so of itself
        return ConfigImporting(self.workspace, cast("Facade", self))
