"""Speech: self-voicing through the system's voices, and the tree for screen readers. Its texts are pure values."""
