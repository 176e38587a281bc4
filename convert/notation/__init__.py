"""How markings are typed, and what they mean; whatever does not parse is never guessed at."""
