package lazaret.bundle.tuf;

/// The names of the top-level roles (TUF specification, *Roles and PKI*).
final class Roles {
  static final String ROOT = "root";
  static final String TIMESTAMP = "timestamp";
  static final String SNAPSHOT = "snapshot";
  static final String TARGETS = "targets";

  private Roles() {}
}
