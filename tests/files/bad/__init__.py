"""Files that are broken, or mean harm: nineteen classes of them, for every format that is read."""
