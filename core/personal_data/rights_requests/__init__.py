"""Anybody, with or without an account, exercises a right about his or her data; administrators answer within a month."""
