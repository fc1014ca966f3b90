package lazaret.mirror.config;

/// Which events are sent to webhooks.
public enum WebhookEvents {
  /// What a person should look at.
  ALARMS,
  /// Alarms, and what people decided.
  DECISIONS,
  /// Everything in the ledger.
  ALL
}
