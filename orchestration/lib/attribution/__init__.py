"""Shares of channels that no set-based SQL gives: the effects of a Markov chain, and Shapley values.

Does not belong here: what a touch and a path are, and how a deal's credit follows from the shares, which are models.
"""
