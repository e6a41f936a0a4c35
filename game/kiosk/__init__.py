"""Kiosk, a museum's exhibit: visits, counts and statistics, configuration, the staff's page, and the supervisor."""
