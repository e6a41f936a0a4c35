"""YAML: read with places, diagnosed, written, and watched for changes."""
