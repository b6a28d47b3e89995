"""x"""


def plant(told):
    return told
