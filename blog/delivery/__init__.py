"""How pages leave the house: headers, and the stylesheet that travels inside each page."""
