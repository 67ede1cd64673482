"""What lists of measurement and growth can be filtered by. Everything stands in the address."""
