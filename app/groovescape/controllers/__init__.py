"""Between widgets and document: each controller turns one panel's intents into commands and jobs."""
