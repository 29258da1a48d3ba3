"""The engine plays lessons: it knows no interface and draws nothing."""
