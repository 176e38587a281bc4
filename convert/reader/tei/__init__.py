"""TEI back to a cable: the text as it was typed, then what the elements say of it."""
