package lazaret.web.lockfile;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.lockfiles.LockfilePackageInfo;
import lazaret.vetting.deskapi.lockfiles.PackageStatus;
import lazaret.vetting.deskapi.reasons.ReasonText;
import lazaret.vetting.roles.RoleGrants;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageQuery;
import lazaret.web.page.VerdictBadge;
import org.jspecify.annotations.Nullable;

/// A package of a lockfile that is not served, as a row of the page.
///
/// @param name the name of the package
/// @param version the version
/// @param badge the badge of the result
/// @param cause the cause of the result
/// @param instead the nearest version that is served; null if none is
/// @param address the page of the version; null if the package is not one of the registry
/// @param lines the lines to read; null if they are not known
/// @param pick the value that chooses the row for a decision; null if the reader may not decide
public record LockfileRowInfo(
    String name,
    String version,
    VerdictBadge badge,
    Cause cause,
    @Nullable String instead,
    @Nullable String address,
    @Nullable Long lines,
    @Nullable String pick) {
  /// The cause of a result.
  ///
  /// @param detail one sentence
  /// @param code the code of the deciding reason; null if no rule was evaluated
  public record Cause(String detail, @Nullable String code) {
    private static Cause of(LockfilePackageInfo found) {
      if (found.reasons().isEmpty()) {
        return new Cause(found.detail(), null);
      }
      ReasonInfo reason = found.reasons().getFirst();
      return new Cause(ReasonText.sentence(reason, found.until()), ReasonText.label(reason));
    }
  }

  /// Returns the row of a package.
  ///
  /// @param lines the lines to read; null if they are not known
  static LockfileRowInfo of(LockfilePackageInfo found, @Nullable Long lines, RoleGrants roles) {
    String version = found.version().text();
    boolean listed = found.source().equals("crates-io") && CrateName.isValid(found.name());
    return new LockfileRowInfo(
        found.name(),
        version,
        badge(found),
        Cause.of(found),
        found.replacement() == null ? null : found.replacement().text(),
        listed ? PageLinks.version(found.name(), version) : null,
        lines,
        listed ? pick(found, roles) : null);
  }

  private static @Nullable String pick(LockfilePackageInfo found, RoleGrants roles) {
    Sha256 checksum = found.checksum();
    boolean decidable =
        found.status() == PackageStatus.WITHHELD
            && checksum != null
            && !found.onlyByBundle()
            && roles.reviews(CrateName.parse(found.name()));
    return decidable && checksum != null
        ? found.name() + "@" + found.version().text() + "@" + checksum.hex()
        : null;
  }

  /// Returns the badge of a package. The words are those of the API.
  static VerdictBadge badge(LockfilePackageInfo found) {
    VerdictInfo.Kind kind = found.verdict();
    return switch (found.status()) {
      case SERVED -> VerdictBadge.of(VerdictInfo.Kind.ALLOW);
      case WITHHELD -> VerdictBadge.of(kind == null ? VerdictInfo.Kind.DENY : kind);
      case CRITERIA_NOT_MET -> new VerdictBadge("plain", "warn", "Criteria not met");
      case TAMPERED -> new VerdictBadge("deny", "warn", "Tampered");
      case UNKNOWN -> new VerdictBadge("plain", "warn", "Unknown");
      case UNAVAILABLE -> new VerdictBadge("plain", "warn", "Unavailable");
      case FOREIGN_SOURCE -> new VerdictBadge("plain", "link", "Foreign source");
    };
  }

  /// Returns the list of Git sources that have the package; null unless the cause is the state of
  /// one.
  public @Nullable String gitSources() {
    String code = cause.code();
    return code == null || !code.startsWith("git-source-")
        ? null
        : PageQuery.of("/desk/git-sources").with("q", name).toString();
  }

  /// Returns the review of the version; null if the package is not one of the registry.
  public @Nullable String review() {
    return address == null ? null : address + "/review";
  }
}
