"""Home page per role, navigation, search, help, a village's overview, map, recap."""
