"""The suite that authors of plugins run."""
