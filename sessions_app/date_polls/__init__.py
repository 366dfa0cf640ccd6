"""Finding the date of a session: candidate dates, one answer an organisation and date, the best one kept."""
