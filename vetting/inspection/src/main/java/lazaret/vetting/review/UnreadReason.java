package lazaret.vetting.review;

import lazaret.vetting.text.Coded;

/// A reason for which a reviewer need not read a file.
public enum UnreadReason implements Coded {
  /// Cargo does not use the file: the manifest as its author wrote it, the lockfile of a
  /// dependency, settings of other tools.
  NOT_USED("not-used"),
  /// A text that no source includes.
  NOT_INCLUDED("not-included"),
  /// A test, example or benchmark that no other source uses.
  ONLY_TESTS("only-tests"),
  /// The same content under another path, in no more dangerous role.
  MOVED("moved"),
  /// The same bytes as in the base, in no more dangerous role.
  EQUAL("equal");

  private final String code;

  UnreadReason(String code) {
    this.code = code;
  }

  /// Returns the kebab-case form, for example `only-tests`.
  @Override
  public String code() {
    return code;
  }
}
