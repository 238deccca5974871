"""Stories told in a real browser: the application serves, Chromium asks, nothing is faked."""
