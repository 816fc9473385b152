"""The arrival plan: rules that an editor can read, and the ordered plan that they make out of a few answers."""
