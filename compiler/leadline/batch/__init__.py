"""The batch engine: contacts and events of any number, by columns, in bounded memory."""
