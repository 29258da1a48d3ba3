"""The bench: design budgets measured against bare code; nothing of the player imports it."""
