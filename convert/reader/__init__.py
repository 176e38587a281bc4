"""Readers: bytes in, a cable out. One pass, one file; no pass drops a character."""
