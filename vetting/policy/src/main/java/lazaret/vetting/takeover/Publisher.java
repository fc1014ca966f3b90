package lazaret.vetting.takeover;

import org.jspecify.annotations.Nullable;

/// The publisher of a version, if the upstream names it. The sparse index does not (see
/// `docs/takeover.md`).
///
/// @param account name of the account; null if a workflow published and no account is named
/// @param trusted workflow that published it; null if it was published with a token
public record Publisher(@Nullable String account, @Nullable Trusted trusted) {

  /// A workflow that the crate's owners trust to publish.
  ///
  /// @param provider name of the provider, for example `github`
  /// @param repository name of the repository, for example `owner/name`
  public record Trusted(String provider, String repository) {}
}
