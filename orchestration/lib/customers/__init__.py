"""What customers are worth that buy again without a subscription: a model of repeat purchases.

Does not belong here: counting the purchases and the value of cohorts, which are models.
"""
