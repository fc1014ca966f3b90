package lazaret.vetting.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.licence.LicenceExpression;
import lazaret.vetting.licence.LicenceTerm;
import org.jspecify.annotations.Nullable;

/// What a crate may be called, licensed under, and run at build time.
///
/// @param licences which licences may be served; null where all may
/// @param bans crates and versions that may not
/// @param buildScripts which crates may have a build script; null where all may
public record ManifestRules(
    @Nullable Licences licences, List<Ban> bans, @Nullable BuildScripts buildScripts) {
  /// Nothing is restricted.
  public static final ManifestRules NONE = new ManifestRules(null, List.of(), null);

  /// Copies the list.
  public ManifestRules {
    bans = List.copyOf(bans);
  }

  /// Returns the ban that a version falls under, the first of the file; empty where there is none.
  Optional<Ban> ban(CrateName name, CrateVersion version) {
    return bans.stream().filter(b -> b.covers(name, version)).findFirst();
  }

  /// Licences that may be served.
  ///
  /// @param allow SPDX identifiers, literally, with or without an exception
  /// @param exceptions what single crates may be licensed under beside that
  /// @param level what another licence does
  /// @param missing what a crate does that states no licence, or none that is an SPDX expression
  public record Licences(
      List<LicenceTerm> allow, List<LicenceException> exceptions, Level level, Level missing) {
    /// Copies the lists.
    public Licences {
      allow = List.copyOf(allow);
      exceptions = List.copyOf(exceptions);
    }

    boolean allows(CrateName name, LicenceExpression stated) {
      List<LicenceTerm> allowed = new ArrayList<>(allow);
      exceptions.stream()
          .filter(e -> e.crate().collisionKey().equals(name.collisionKey()))
          .forEach(e -> allowed.addAll(e.allow()));
      return stated.isMetBy(allowed);
    }
  }

  /// What one crate may be licensed under beside what all may.
  ///
  /// @param crate its name
  /// @param allow SPDX identifiers
  public record LicenceException(CrateName crate, List<LicenceTerm> allow) {
    /// Copies the list.
    public LicenceException {
      allow = List.copyOf(allow);
    }
  }

  /// A crate, or some of its versions, that may not be served.
  ///
  /// @param crate its name
  /// @param req which versions; null for all
  /// @param reason why, for whoever meets the refusal
  /// @param useInstead another crate to use; null where none is named
  /// @param level what the ban does
  public record Ban(
      CrateName crate,
      @Nullable VersionReq req,
      String reason,
      @Nullable String useInstead,
      Level level) {
    boolean covers(CrateName name, CrateVersion version) {
      return crate.collisionKey().equals(name.collisionKey())
          && (req == null || req.matches(version));
    }
  }

  /// Crates that may run code when they are built.
  ///
  /// @param allow names of crates
  /// @param level what the build script of another crate does
  public record BuildScripts(List<CrateName> allow, Level level) {
    /// Copies the list.
    public BuildScripts {
      allow = List.copyOf(allow);
    }

    boolean allows(CrateName name) {
      return allow.stream().anyMatch(a -> a.collisionKey().equals(name.collisionKey()));
    }
  }
}
