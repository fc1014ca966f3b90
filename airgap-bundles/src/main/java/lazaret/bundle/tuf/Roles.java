package lazaret.bundle.tuf;

/// The names of the top-level roles (TUF specification, *Roles and PKI*).
public final class Roles {
  /// Says which keys the others have.
  public static final String ROOT = "root";

  /// Says which snapshot is newest.
  public static final String TIMESTAMP = "timestamp";

  /// Says which files of targets roles belong together.
  public static final String SNAPSHOT = "snapshot";

  /// Says what a repository holds.
  public static final String TARGETS = "targets";

  private Roles() {}
}
