"""The first page: what Rambu is for a visitor, the one next thing to do for a learner."""
