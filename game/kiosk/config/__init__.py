"""The kiosk's configuration: its values, their reader, and how it is reloaded."""
