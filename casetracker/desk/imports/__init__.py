"""Pages on which people import spreadsheets: upload, answer, look at the plan, confirm."""
