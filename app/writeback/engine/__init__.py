"""The verbs: pull, propose, push, settle, recover, undo. They act through what they are handed."""
