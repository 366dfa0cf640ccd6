"""The evaluation of a session by those who took part: five questions, answered without a name.

What keeps the answers anonymous stands in `respondent_key` and `services`; who may answer in `permissions`.
"""
