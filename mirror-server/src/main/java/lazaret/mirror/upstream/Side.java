package lazaret.mirror.upstream;

/// The two origins of a registry. Each fails and recovers independently.
public enum Side {
  /// Index files and `config.json`.
  INDEX("index"),
  /// `.crate` files.
  ARTEFACTS("artefacts");

  private final String label;

  Side(String label) {
    this.label = label;
  }

  /// Returns the word for metrics: `index` or `artefacts`.
  public String label() {
    return label;
  }
}
