"""The process that claims batches and works on them."""
