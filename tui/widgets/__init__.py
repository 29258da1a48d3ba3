"""Thin widgets, one a file, each with its CSS beside it."""
