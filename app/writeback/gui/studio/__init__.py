"""The window posed: every screen in every state, over workspaces that were really worked in."""
