"""Calendars of others, fetched in the background and shown as activities."""
