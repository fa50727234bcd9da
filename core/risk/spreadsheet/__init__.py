"""What a workbook's file says besides the values that a reader of sheets gives."""
