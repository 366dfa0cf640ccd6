"""Arrêtés des chiffres: figures frozen at a day, read again word for word, and compared with the records of today.

    frozen = services.frozen.freeze(name=…, as_of=day, query="programme=…", organisation=…, audience=…, by=…, now=…)
    content.read(frozen)                      # figures and fundings as they were told then
    differences.since(frozen, day=None)       # what the same filter gives now, and the fundings behind each difference

Who may read it decides with whose eyes it is taken (docs/funding.md): nothing in it is ever hidden from a reader.
"""
