"""Props: houses, people, vessels and fields, which scenes are furnished with."""
