"""What the loader of the starter activities has written, so that it never overwrites what an editor changed."""

from portal.starter.records import LoadedContent


class LoadedActivity(LoadedContent):
    """One file: an activity, or a page of the calendar."""
