"""Components: small trees that several screens are made of."""
