"""Pure decisions: they touch no world and can be made twice."""
