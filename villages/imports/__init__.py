"""Lists of villages from spreadsheets: checked, corrected, committed."""
