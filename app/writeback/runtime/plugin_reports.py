"""A report about a plugin as text: a person's words first, then what is known of it. Sends nothing."""

import platform

from writeback import __version__
from writeback.runtime.facade.plugins import PluginInfo
from writeback.runtime.plugins import plain_info


def report_of(plugin: PluginInfo, words: str) -> str:
    """Give the report. It holds no record, no secret and nothing of the workspace but connections' names."""
    lines = [
        f"Plugin {plugin.id} {plugin.version} ({plugin.distribution}) by {plugin.publisher or 'nobody'}",
        f"Writeback {__version__}, Python {platform.python_version()}, {platform.platform()}",
        "",
        words.strip() or "(no description)",
        "",
    ]
    for what, value in plain_info(plugin).items():
        told = "; ".join(map(str, value)) if isinstance(value, list) else value
        if told not in ("", None, False) and what != "traceback":
            lines.append(f"{what.replace('_', ' ')}: {told}")
    last = plugin.strikes[-1].told if plugin.strikes else ""
    if trace := plugin.traceback or last:
        lines += ["", trace]
    return "\n".join(lines) + "\n"
