"""Ways into the portal: invitations, one by one or by the thousand, and switching access off."""
