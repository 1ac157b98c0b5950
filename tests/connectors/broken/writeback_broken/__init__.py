"""A connector that cannot be imported: its facts are sound, its code is not."""

raise RuntimeError("the broken connector breaks")
