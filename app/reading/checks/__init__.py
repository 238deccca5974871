"""Rules about what content says, by subject: each reads a Tree and yields mistakes."""
