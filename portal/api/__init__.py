"""The open data of the space as JSON: `/api/v1/`, described by `/api/v1/openapi.json`.

Read only, open to everybody without a key: what `funding.visibility.PUBLIC` shows, programmes, sessions held.
Nothing about people. A new field may come at any time; a field that goes or changes its meaning makes a v2.
"""
