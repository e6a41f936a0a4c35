"""The kiosk's configuration: its values, the reader of its file, and how it is reloaded."""
