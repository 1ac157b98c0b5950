"""The workspace: the one truth about records, drafts, plans, jobs and what became of each write."""
