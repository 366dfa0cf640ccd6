"""A copy of what is held about a person: asked for by the person, made by the worker, removed after some days."""
