"""Papers of projects, activities, contracts and hand-overs: one class each, registered for offices to replace."""
