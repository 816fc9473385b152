"""Clubs and communities of a municipality, and the people whom newcomers of a country can turn to."""
