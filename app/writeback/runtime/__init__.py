"""The composition root: everything is wired here, once, and offered to front ends as one façade."""
