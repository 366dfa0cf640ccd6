"""Fifty searches as people type them, each with the beginning of the address that the first hit leads to; and some of files."""

from __future__ import annotations

FIRST_HITS: list[tuple[str, str]] = [
    # names, whole or in part, with capitals and accents or without
    ("Le RAMEAU", "/membres/le-rameau/"),
    ("Fondation des Territoires", "/membres/fondation-des-territoires/"),
    ("fondation des territoire", "/membres/fondation-des-territoires/"),
    ("FONDATION DES TERRITOIRES", "/membres/fondation-des-territoires/"),
    ("fonds odd 17", "/membres/fonds-odd-17/"),
    ("france active", "/membres/france-active/"),
    ("avise", "/membres/avise/"),
    ("banque des territoires", "/membres/banque-des-territoires/"),
    ("caisse des dépôts", "/membres/banque-des-territoires/"),
    ("anct", "/membres/anct/"),
    ("cohésion des territoires", "/membres/anct/"),
    ("cohesion des territoires", "/membres/anct/"),
    ("cerema", "/membres/cerema/"),
    ("mouvement associatif", "/membres/le-mouvement-associatif/"),
    ("communs ruraux", "/membres/atelier-des-communs-ruraux/"),
    ("Olivier Nantois", "/membres/le-rameau/#people"),
    ("tardy", "/membres/france-active/#people"),
    # schemes
    ("tours de table", "/membres/atelier-des-communs-ruraux/#schemes"),
    ("innovation sociale", "/membres/avise/#schemes"),
    # references and numbers
    ("D-21-01", "/sessions/21/#D-21-01"),
    ("A-21-01", "/sessions/21/#A-21-01"),
    ("21e session", "/sessions/21/"),
    ("session 12", "/sessions/12/"),
    ("cycle 2020", "/cycles/2020/"),
    # prefixes written apart, with a hyphen or in one
    ("cofinancement", "/sessions/21/"),
    ("co-financement", "/sessions/21/"),
    ("co financement", "/sessions/21/"),
    # what was spoken of
    ("passation de l’animation", "/sessions/21/"),
    ("Le RAMEAU Fondation des Territoires", "/gouvernance/passations/"),
    ("naissance de l’espace", "/gouvernance/#frise"),
    ("premier kilomètre", "/sessions/11/"),
    ("1er kilomètre des besoins", "/sessions/21/"),
    ("alliances", "/sessions/12/"),
    ("une alliance de douze ans", "/sessions/12/"),
    ("évaluer la démarche", "/sessions/6/"),
    ("evaluation", "/sessions/6/"),
    ("veille partagée", "/sessions/1/"),
    ("relance petites communes", "/sessions/9/"),
    ("sortie de crise", "/cycles/2020/"),
    ("carte commune", "/sessions/10/"),
    ("outils numériques", "/sessions/15/"),
    # down to the paragraph
    ("inscriptions", "/sessions/10/compte-rendu/#point-2-p5"),
    ("charte", "/sessions/15/compte-rendu/#point-3-p5"),
    # funding
    ("réussir ensemble", "/programmes/reussir-ensemble/"),
    ("cahier de recherche", "/programmes/reussir-ensemble/"),
    ("tiers lieu nourricier", "/initiatives/tiers-lieu-nourricier-du-vexin/"),
    ("vexin", "/initiatives/tiers-lieu-nourricier-du-vexin/"),
    ("santé mentale des jeunes", "/initiatives/sante-mentale-des-jeunes-a-nantes/"),
    # slips
    ("ingenerie cofinencer", "/sessions/21/"),
    ("fondaton des teritoires", "/membres/fondation-des-territoires/"),
]

# What stands in the materials themselves, as the worker read them, with the title of the first hit.
FIRST_IN_FILES: list[tuple[str, str]] = [
    ("entretiens croisés", "Comparer trois enquêtes de besoins, page 4"),
    ("une association ne peut pas faire de bénéfice", "Cinq idées reçues sur le droit des coopérations, page 4"),
    ("verbe que l’on peut filmer", "Se décrire sans se vanter : consigne de l’atelier"),
    ("permanences des vallées Isère", "Carte des ingénieries, extraction d’avril 2021"),
    ("décider de ne pas candidater", "Fiche de mesure du temps de montage"),
]
