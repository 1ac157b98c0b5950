"""Every screen's scenes, one module an area."""

from writeback.gui.studio.scenes.every import REGISTERED, scenes

__all__ = ["REGISTERED", "scenes"]
