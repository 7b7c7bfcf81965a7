"""Framework-only code in folders by topic; no model of its own."""
