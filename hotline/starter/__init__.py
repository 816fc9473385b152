"""The hotline as it ships: its page in all languages, and its opening hours."""
