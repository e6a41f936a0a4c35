"""Speech: self-voicing through the system's voices, and the tree for screen readers. Texts are pure values."""
