"""The calculator that a manager uses: figures.py computes, text.py prints. The page is pages/calculator.py."""
