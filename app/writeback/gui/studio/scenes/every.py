"""Every screen's scenes, one module an area; `REGISTERED` is what the bench and the pictures walk."""

from writeback.gui.studio.registry import Registered, Scene
from writeback.gui.studio.scenes import files, first, records, sending, setting_up, system, work
from writeback.gui.studio.scenes.dialogs import DIALOGS

REGISTERED: tuple[Registered, ...] = (
    *first.SCREENS,
    *records.SCREENS,
    *work.SCREENS,
    *files.SCREENS,
    *sending.SCREENS,
    *setting_up.SCREENS,
    *system.SCREENS,
)


def scenes() -> tuple[Scene, ...]:
    """Give all scenes."""
    return (*(scene for one in REGISTERED for scene in one.scenes()), *DIALOGS)
