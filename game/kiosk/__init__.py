"""A museum's kiosk: visits, counts and statistics, configuration, the staff's page, and the supervisor."""
