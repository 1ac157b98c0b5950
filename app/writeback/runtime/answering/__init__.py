"""The façade in-process: one module an area, each call handed to the part that knows."""
