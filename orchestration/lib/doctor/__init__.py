"""Whether everything in a home is whole, and the way back where it is not.

Does not belong here: what a company provides (`smarketing check`, inspection/), and whether figures are right (the
checks of a build).
"""
