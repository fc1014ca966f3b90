package lazaret.vetting.takeover;

import org.jspecify.annotations.Nullable;

/// Who published a version, where an upstream tells: the sparse index does not (see
/// `docs/takeover.md`).
///
/// @param account the account's name; null where a workflow published and no account is named
/// @param trusted the workflow that published it; null where it was published with a token
public record Publisher(@Nullable String account, @Nullable Trusted trusted) {

  /// A workflow that the crate's owners trust to publish.
  ///
  /// @param provider for example `github`
  /// @param repository for example `owner/name`
  public record Trusted(String provider, String repository) {}
}
