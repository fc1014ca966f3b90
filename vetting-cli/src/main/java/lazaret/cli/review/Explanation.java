package lazaret.cli.review;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.requests.RefusalReply;
import org.jspecify.annotations.Nullable;

/// The part of an explanation of one version that a gate shows without a token.
///
/// @param name the crate
/// @param version the version
/// @param verdict the verdict
/// @param served whether clients get the version
/// @param snapshot the sequence of the snapshot that is served; null if the server has an upstream
/// @param onlyByBundle whether the artifact can only arrive by a bundle import
/// @param replacement the nearest version that is served; null if the version itself is served, or
///   none is
record Explanation(
    CrateName name,
    CrateVersion version,
    VerdictInfo verdict,
    boolean served,
    @Nullable Long snapshot,
    boolean onlyByBundle,
    @Nullable Replacement replacement) {
  /// A version that takes the place of a withheld one.
  ///
  /// @param version the version
  /// @param compatible whether cargo regards it as compatible
  /// @param movable whether cargo moves to it from any lockfile
  record Replacement(CrateVersion version, boolean compatible, boolean movable) {}

  static Explanation of(VersionReply reply) {
    return new Explanation(
        reply.name(),
        reply.version(),
        reply.verdict(),
        reply.served(),
        reply.snapshot(),
        reply.onlyByBundle(),
        reply.replacement() == null
            ? null
            : new Replacement(reply.replacement(), reply.compatible(), reply.movable()));
  }

  static Explanation of(RefusalReply reply) {
    return new Explanation(
        reply.name(),
        reply.version(),
        reply.verdict(),
        reply.served(),
        reply.snapshot(),
        reply.onlyByBundle(),
        reply.replacement() == null
            ? null
            : new Replacement(reply.replacement(), reply.compatible(), reply.movable()));
  }

  /// Returns the version as `NAME@VERSION`.
  String spec() {
    return name + "@" + version;
  }
}
