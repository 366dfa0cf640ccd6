"""How long things stay: chosen by the administrators, printed for everybody, kept by the clock."""
