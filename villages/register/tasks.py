"""What the worker does for the register; every task only calls an action."""
