/** The script of a guest's pages before the call: small kindnesses; everything works without. */
