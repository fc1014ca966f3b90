package lazaret.bundle.tuf;

/// The names of the top-level roles (TUF specification, *Roles and PKI*).
public final class Roles {
  /// The role that names the keys of all roles.
  public static final String ROOT = "root";

  /// The role that names the newest snapshot.
  public static final String TIMESTAMP = "timestamp";

  /// The role that names the current versions of all targets files.
  public static final String SNAPSHOT = "snapshot";

  /// The role that names the content of a repository.
  public static final String TARGETS = "targets";

  private Roles() {}
}
