"""A Django app of the process tests alone: jobs that take long enough for their worker to be killed."""
