"""Answers to the invitation of a coming session: who takes part, who is represented, which guests come along."""
