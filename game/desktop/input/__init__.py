"""Input: keys, mouse, touch and gamepad -> intents."""
