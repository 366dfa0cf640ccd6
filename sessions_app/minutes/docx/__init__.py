"""Minutes in Word documents: taken in part by part after a preview, given out as a working copy."""
