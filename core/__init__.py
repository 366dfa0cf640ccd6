"""The ground of the portal: services every app may use. Knows no word of the domain and imports no other app."""
