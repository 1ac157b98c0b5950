"""SuccessPlays: from what sets them off to what the CRMs took."""
