"""The calculator that a manager uses: figures.py computes, text.py prints, wording.py has the sentences of both."""
