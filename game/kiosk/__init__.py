"""A museum: a kiosk that looks after its visitors, counts them, keeps its hours, and stays up."""
