package lazaret.vetting.index;

/// When a dependency is needed. Source: Cargo reference, *Registry Index*, *JSON schema*.
public enum DependencyKind {
  /// To build and to run.
  NORMAL,
  /// To run the build script.
  BUILD,
  /// For tests, examples and benchmarks of the crate itself only.
  DEV
}
