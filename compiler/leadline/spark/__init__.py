"""The spark engine: contacts and events that outgrow one machine, scored bucket by bucket on a Spark cluster."""
