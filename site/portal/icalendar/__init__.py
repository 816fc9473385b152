"""Calendar files (RFC 5545), as feeds and as attachments of mails."""
