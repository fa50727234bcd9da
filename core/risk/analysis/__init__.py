"""From cases to graded points: pure functions, knowing neither files nor databases."""
