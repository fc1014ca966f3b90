package lazaret.mirror.outbound;

/// The two origins of a registry. Each fails and recovers independently.
public enum UpstreamOrigin {
  /// Index files and `config.json`.
  INDEX("index"),
  /// `.crate` files.
  ARTIFACTS("artifacts");

  private final String label;

  UpstreamOrigin(String label) {
    this.label = label;
  }

  /// Returns the word for metrics: `index` or `artifacts`.
  public String label() {
    return label;
  }
}
