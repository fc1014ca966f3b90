package lazaret.vetting.index;

/// Why a line of an index file is not relayed: it could lead cargo round the gate, or cargo would
/// skip it and nobody would know why.
public enum LeftOutReason {
  /// Not one JSON object: garbage, or something after it.
  NOT_JSON("not-json"),
  /// A control character: line breaks and the like that two readers may read differently.
  CONTROL_CHARACTER("control-character"),
  /// A key twice in one object: two readers may each take another one.
  DUPLICATE_KEY("duplicate-key"),
  /// The line of another crate, or this one's name spelt differently from the lines before.
  WRONG_NAME("wrong-name"),
  /// A `cksum` that is no SHA-256 in lower-case hexadecimal.
  BAD_CKSUM("bad-cksum"),
  /// A second line for a version. Cargo would take the last one.
  DUPLICATE_VERSION("duplicate-version"),
  /// A dependency from another registry, which cargo would ask directly, round the gate.
  FOREIGN_REGISTRY("foreign-registry"),
  /// A field that is missing or has the wrong form: cargo takes the line for invalid.
  INVALID("invalid"),
  /// Longer, wider or deeper than [IndexLimits] allows.
  OVER_LIMIT("over-limit");

  private final String code;

  LeftOutReason(String code) {
    this.code = code;
  }

  /// Returns the kebab-case form for alarms and metrics.
  public String code() {
    return code;
  }
}
