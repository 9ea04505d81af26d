"""Programs that `bench --peers` runs in the environments of others: nothing here is imported by Groovescape."""
