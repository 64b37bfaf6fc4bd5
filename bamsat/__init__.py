"""The application: settings, the workflows that write, the queries that read, and the command line."""
