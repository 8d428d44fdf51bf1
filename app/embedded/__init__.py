"""What the default install brings along, so that one command gives a working Atrium."""
