"""The cable as data. All else in the toolkit stands on this package; it stands on nothing."""
