package lazaret.vetting.hosting.record;

import org.jspecify.annotations.Nullable;

/// The way of a version to this gate.
///
/// @param publisher the person, `ci:` and the name of a binding, or `group:` and the group for
///   which an administrator imported it
/// @param token the name of the token
/// @param job the CI job that published; null if a person did
/// @param userAgent the program that uploaded, as it named itself; null if it did not
/// @param administrator the administrator who imported it for the publisher; null if the publisher
///   uploaded it, or an earlier program stored it
public record Provenance(
    String publisher,
    String token,
    @Nullable Job job,
    @Nullable String userAgent,
    @Nullable String administrator) {
  /// A CI job, by the claims of its signed token.
  ///
  /// @param issuer the address of the CI system
  /// @param run the address or id of the run; null if the token does not name it
  /// @param repository the repository; null if the token does not name it
  /// @param commit the commit; null if the token does not name it
  /// @param reference the branch or tag; null if the token does not name it
  public record Job(
      String issuer,
      @Nullable String run,
      @Nullable String repository,
      @Nullable String commit,
      @Nullable String reference) {}
}
