"""The list of competences, kept by the animators: terms are added, renamed, merged, and removed where nobody uses them."""
