package lazaret.sandbox.bubblewrap;

/// The paths in the sandbox.
public final class SandboxPaths {
  /// The project.
  public static final String PROJECT = "/project";

  /// The target folder of the build.
  public static final String TARGET = "/out";

  /// The package cache.
  public static final String CARGO_HOME = "/cargo";

  /// A local registry.
  public static final String REGISTRY = "/vendor";

  /// The folder with the gate's socket.
  public static final String GATE = "/gate";

  /// The home folder, which is empty except for decoys.
  public static final String HOME = "/home/b";

  static final String TOOLCHAIN = "/opt/rust";
  static final String TEMPORARY = "/tmp";

  private SandboxPaths() {}
}
