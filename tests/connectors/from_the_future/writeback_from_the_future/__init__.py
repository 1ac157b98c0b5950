"""A connector of a later plugin contract: it may never be imported."""

raise AssertionError("imported although its API version is not spoken here")
