"""What clubs send for the calendar: form, confirmation, moderation, mails."""
