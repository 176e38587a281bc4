"""The command line: arguments in, findings out. All that knows of a terminal is here."""
