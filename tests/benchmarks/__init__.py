"""Speed, measured: peers alternate within one run, five rounds, medians. Never a test."""
