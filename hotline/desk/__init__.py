"""The desk in the admin: who has to be called today, what came of it, and what the calls teach."""
