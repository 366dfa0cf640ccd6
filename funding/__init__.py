"""Programmes, initiatives and the money behind them: who gives what, when, and who may see it."""
