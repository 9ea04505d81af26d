"""What the user sees and touches: widgets take snapshots and emit intents."""
