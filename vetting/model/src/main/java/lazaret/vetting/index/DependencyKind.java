package lazaret.vetting.index;

/// The use of a dependency. Source: Cargo reference, *Registry Index*, *JSON schema*.
public enum DependencyKind {
  /// Needed to build and to run the crate.
  NORMAL,
  /// Needed to run the build script.
  BUILD,
  /// Needed only for tests, examples and benchmarks of the crate itself.
  DEV
}
