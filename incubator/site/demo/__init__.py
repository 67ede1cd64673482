"""The demonstration data: the places of the founding studies with fictional people. What a newcomer sees first."""
