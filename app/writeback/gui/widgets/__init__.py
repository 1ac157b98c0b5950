"""Pieces that screens are built from. The only room that constructs labels, tips and buttons."""
