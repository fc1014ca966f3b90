package lazaret.mirror.config;

/// The selection of events that are sent to webhooks.
public enum WebhookEvents {
  /// Events that a person should look at.
  ALARMS,
  /// Alarms, the decisions of people, and the requests that these settle.
  DECISIONS,
  /// All entries of the ledger.
  ALL
}
