"""The register of personal data breaches, kept by the administrators (RGPD, articles 33 and 34)."""
