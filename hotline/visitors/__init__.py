"""What visitors see and send: the page of the hotline, the steps of booking, and a booked call."""
