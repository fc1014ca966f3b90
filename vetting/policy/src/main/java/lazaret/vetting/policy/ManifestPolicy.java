package lazaret.vetting.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.license.LicenseExpression;
import lazaret.vetting.license.LicenseTerm;
import org.jspecify.annotations.Nullable;

/// The policy for crate names, licenses and build scripts.
///
/// @param licenses policy for licenses; null if all are permitted
/// @param bans banned crates and versions
/// @param crates only crates that may be served; null if all may
/// @param buildScripts only crates that may have a build script; null if all may
public record ManifestPolicy(
    @Nullable Licenses licenses,
    List<Ban> bans,
    @Nullable AllowList crates,
    @Nullable AllowList buildScripts) {
  /// A policy without restrictions.
  public static final ManifestPolicy NONE = new ManifestPolicy(null, List.of(), null, null);

  /// Copies the list.
  public ManifestPolicy {
    bans = List.copyOf(bans);
  }

  /// Returns the first ban of the file that covers a version, or empty if there is none.
  public Optional<Ban> ban(CrateName name, CrateVersion version) {
    return bans.isEmpty()
        ? Optional.empty()
        : bans.stream().filter(b -> b.covers(name, version)).findFirst();
  }

  /// Returns whether an entry of a list matches a version; names are compared by collision key.
  private static boolean means(CrateSpec entry, CrateName name, CrateVersion version) {
    return entry.name().collisionKey().equals(name.collisionKey()) && entry.matches(version);
  }

  /// The policy for licenses.
  ///
  /// @param allow SPDX identifiers, compared literally, with or without an exception
  /// @param exceptions additional licenses of single crates
  /// @param clarifications licenses of single crates that replace their stated ones
  /// @param level level of any other license
  /// @param missing level of a crate without a license, or with one that is not an SPDX expression
  public record Licenses(
      List<LicenseTerm> allow,
      List<LicenseException> exceptions,
      List<Clarification> clarifications,
      PolicyLevel level,
      PolicyLevel missing) {
    /// Copies the lists.
    public Licenses {
      allow = List.copyOf(allow);
      exceptions = List.copyOf(exceptions);
      clarifications = List.copyOf(clarifications);
    }

    /// Returns whether the policy allows the license of a version.
    public boolean allows(CrateName name, CrateVersion version, LicenseExpression stated) {
      List<LicenseTerm> allowed = new ArrayList<>(allow);
      exceptions.stream()
          .filter(e -> means(e.crate(), name, version))
          .forEach(e -> allowed.addAll(e.allow()));
      return stated.isMetBy(allowed);
    }

    /// Returns the clarified license of a version, or empty if there is none.
    public Optional<LicenseExpression> clarified(CrateName name, CrateVersion version) {
      return clarifications.stream()
          .filter(c -> means(c.crate(), name, version))
          .map(Clarification::expression)
          .findFirst();
    }
  }

  /// The additional licenses of one crate.
  ///
  /// @param crate name of the crate, optionally with versions
  /// @param allow SPDX identifiers
  public record LicenseException(CrateSpec crate, List<LicenseTerm> allow) {
    /// Copies the list.
    public LicenseException {
      allow = List.copyOf(allow);
    }
  }

  /// The license that a person determined for a crate.
  ///
  /// @param crate name of the crate, optionally with versions
  /// @param expression the license expression
  public record Clarification(CrateSpec crate, LicenseExpression expression) {}

  /// A crate, or some of its versions, that may not be served.
  ///
  /// @param crate name of the crate
  /// @param req banned versions; null for all
  /// @param reason reason for people whose request is refused
  /// @param useInstead crate to use instead; null if there is none
  /// @param wrappers crates that may still depend on it; may be empty. The gate cannot see the
  ///   dependents of a crate that it serves, so such a ban only warns there. It is enforced where a
  ///   lockfile is checked
  /// @param level level of the ban
  public record Ban(
      CrateName crate,
      @Nullable VersionReq req,
      String reason,
      @Nullable String useInstead,
      List<CrateName> wrappers,
      PolicyLevel level) {
    /// Copies the list.
    public Ban {
      wrappers = List.copyOf(wrappers);
    }

    /// Returns whether the ban covers a version.
    public boolean covers(CrateName name, CrateVersion version) {
      return crate.collisionKey().equals(name.collisionKey())
          && (req == null || req.matches(version));
    }

    /// Returns whether a crate may depend on the banned one.
    public boolean wraps(String dependent) {
      return wrappers.stream().anyMatch(w -> w.published().equals(dependent));
    }

    /// Returns the reason, and the crate to use instead.
    public String text() {
      return useInstead == null ? reason : reason + "; use " + useInstead + " instead";
    }
  }

  /// A list of the only permitted crates.
  ///
  /// @param allow names of the crates, optionally with versions
  /// @param level level of any other crate
  public record AllowList(List<CrateSpec> allow, PolicyLevel level) {
    /// Copies the list.
    public AllowList {
      allow = List.copyOf(allow);
    }

    /// Returns whether the list contains a version.
    public boolean has(CrateName name, CrateVersion version) {
      return allow.stream().anyMatch(entry -> means(entry, name, version));
    }
  }
}
