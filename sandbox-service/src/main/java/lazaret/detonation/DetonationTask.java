package lazaret.detonation;

import lazaret.vetting.ErrorCode;

/// A way to build one version alone.
@FunctionalInterface
public interface DetonationTask {
  /// Builds a version, and returns when the build has ended. An interrupt of the thread ends it.
  ///
  /// @param order the version with its artifact
  DetonationOutcome run(DetonationOrder order);

  /// Builds the documentation of a version, and returns when the build has ended. An interrupt of
  /// the thread ends it.
  ///
  /// @param order the version with its artifact
  default DocumentationOutcome document(DetonationOrder order) {
    return new DocumentationOutcome.Refused(
        ErrorCode.CONFIG_INVALID, "this service does not build documentation");
  }
}
