"""The ways to people, one file per kind; found by themselves."""
