"""Colours, sizes and spaces. The only room where a colour has a value."""
