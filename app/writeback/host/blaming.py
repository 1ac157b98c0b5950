"""Say whose code an unexpected exception came from, so that a plugin is named and not Writeback.

Looks at the frames of a traceback; runs nothing of a plugin.
"""

from collections import abc
from importlib.metadata import EntryPoint

from writeback.host.finding import installed


def culprit(error: BaseException, entry_points: abc.Iterable[EntryPoint] | None = None) -> str:
    """Give the name of the plugin that an exception passed through; '' when it passed through none."""
    points = installed() if entry_points is None else entry_points
    names = {point.module.partition(".")[0]: point.name for point in points}
    trace = error.__traceback__
    found = ""
    while trace is not None:
        package = str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        found = names.get(package, found)  # the innermost one counts
        trace = trace.tb_next
    return found
