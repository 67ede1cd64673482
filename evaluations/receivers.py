"""What happens here when a project asks to leave a stage, or its request is decided. Each calls one service."""
