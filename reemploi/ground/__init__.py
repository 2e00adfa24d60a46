"""What every stage stands on: database, tenancy, crypto, files, jobs and outbox, throttles, access log, numbering."""
