"""Props: houses, people, vessels and fields for scenes."""
