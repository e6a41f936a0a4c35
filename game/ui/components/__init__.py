"""Components: small trees of which several screens are made."""
