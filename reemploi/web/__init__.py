"""What every page shares and nothing of the trade: access, transaction, wording, uploads, menu, errors."""
