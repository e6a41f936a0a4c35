"""The kiosk's configuration: its values, their reader, and reloading."""
