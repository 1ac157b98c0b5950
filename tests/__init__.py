"""All tests but those of the plugins."""
