"""What the rest of a quarter brings: a simulation from counted moves of deals.

Does not belong here: counting the moves, and what was open and known at an instant, which are models.
"""
