package lazaret.vetting.index;

import lazaret.vetting.text.Coded;

/// The reason for omitting a line of an index file. Cargo could bypass the gate with the line, or
/// would skip it silently.
public enum OmissionReason implements Coded {
  /// Not a single JSON object: other text, or text after the object.
  NOT_JSON("not-json"),
  /// A control character, such as a line break, that two readers may read differently.
  CONTROL_CHARACTER("control-character"),
  /// A key occurs twice in one object; readers may choose different values.
  DUPLICATE_KEY("duplicate-key"),
  /// The line is of another crate, or spells the name differently from the lines before.
  WRONG_NAME("wrong-name"),
  /// A `cksum` that is not a SHA-256 in lower-case hexadecimal.
  BAD_CKSUM("bad-cksum"),
  /// A second line for a version. Cargo would use the last one.
  DUPLICATE_VERSION("duplicate-version"),
  /// A dependency on another registry, which cargo would query directly, bypassing the gate.
  FOREIGN_REGISTRY("foreign-registry"),
  /// A field is missing or has the wrong form, so that cargo treats the line as invalid.
  INVALID("invalid"),
  /// Longer, wider or more deeply nested than [IndexLimits] permits.
  OVER_LIMIT("over-limit");

  private final String code;

  OmissionReason(String code) {
    this.code = code;
  }

  /// Returns the kebab-case form for alarms and metrics.
  @Override
  public String code() {
    return code;
  }
}
