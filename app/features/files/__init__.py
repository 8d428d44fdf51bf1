"""Files that either side uploads, keeps in versions, and shows to the other."""
