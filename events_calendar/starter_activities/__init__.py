"""The example activities that ship, as data, with their reader and loader."""
