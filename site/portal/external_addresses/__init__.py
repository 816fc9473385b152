"""Every address outside this site that public pages lead to, and when somebody last looked at its source."""
