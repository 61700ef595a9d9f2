"""What comes in with a form: from where, how often, how soon, and whether it came before."""
