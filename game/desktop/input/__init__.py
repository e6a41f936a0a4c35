"""Input: turns keys, mouse, touch and gamepad into intents."""
