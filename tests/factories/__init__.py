"""Records for tests. A factory makes exactly what it says: no random roles, no hidden relations, no surprises."""
