"""Re-reading outputs. Nothing here imports from ``convert.writer``: that is the proof's worth."""
