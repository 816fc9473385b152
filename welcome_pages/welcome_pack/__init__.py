"""The welcome pack: what a newcomer needs in the first month, on one page and in one PDF, out of the published pages."""
