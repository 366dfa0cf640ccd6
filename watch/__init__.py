"""The shared watch: support schemes, needs studies, methods, data sets, publications and lessons that members bring together."""
