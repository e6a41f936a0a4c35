"""A museum: a kiosk that looks after its visitors, counts them, and stays up."""
