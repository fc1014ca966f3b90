package lazaret.sandbox.bubblewrap;

/// Where things stand inside.
public final class Inside {
  /// The project.
  public static final String PROJECT = "/project";

  /// What the build writes.
  public static final String TARGET = "/out";

  /// The package cache.
  public static final String CARGO_HOME = "/cargo";

  /// A local registry.
  public static final String REGISTRY = "/vendor";

  /// The folder with the gate's socket.
  public static final String GATE = "/gate";

  /// The home folder, which is empty but for decoys.
  public static final String HOME = "/home/b";

  static final String TOOLCHAIN = "/opt/rust";
  static final String TEMPORARY = "/tmp";

  private Inside() {}
}
