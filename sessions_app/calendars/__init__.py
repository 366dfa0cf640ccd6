"""Sessions in other programs: one session's .ics, a personal calendar to subscribe to, an Atom feed."""
