package lazaret.detonation;

/// A way to build one version alone.
@FunctionalInterface
public interface DetonationTask {
  /// Builds a version, and returns when the build has ended. An interrupt of the thread ends it.
  ///
  /// @param order the version with its artifact
  DetonationOutcome run(DetonationOrder order);
}
