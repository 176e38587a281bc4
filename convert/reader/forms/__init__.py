"""The forms that a cable comes in: one module each, and the register that finds them.

A form recognises itself by lines that no other form has, and reads what it has round the telegram;
the telegram itself is read by the shared passes (``reader.telegram``).
"""
