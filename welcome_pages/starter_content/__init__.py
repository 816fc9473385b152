"""The content that ships with the software: files in five languages, and what reads, checks and loads them."""
