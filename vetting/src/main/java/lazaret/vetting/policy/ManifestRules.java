package lazaret.vetting.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.licence.LicenceExpression;
import lazaret.vetting.licence.LicenceTerm;
import org.jspecify.annotations.Nullable;

/// What a crate may be called, licensed under, and run at build time.
///
/// @param licences which licences may be served; null where all may
/// @param bans crates and versions that may not
/// @param crates which crates may be served at all; null where all may
/// @param buildScripts which crates may have a build script; null where all may
public record ManifestRules(
    @Nullable Licences licences,
    List<Ban> bans,
    @Nullable Listed crates,
    @Nullable Listed buildScripts) {
  /// Nothing is restricted.
  public static final ManifestRules NONE = new ManifestRules(null, List.of(), null, null);

  /// Copies the list.
  public ManifestRules {
    bans = List.copyOf(bans);
  }

  /// Returns the ban that a version falls under, the first of the file; empty where there is none.
  Optional<Ban> ban(CrateName name, CrateVersion version) {
    return bans.isEmpty()
        ? Optional.empty()
        : bans.stream().filter(b -> b.covers(name, version)).findFirst();
  }

  /// Tells whether a list's entry means a version, by canonical name.
  private static boolean means(CrateSpec entry, CrateName name, CrateVersion version) {
    return entry.name().collisionKey().equals(name.collisionKey()) && entry.matches(version);
  }

  /// Licences that may be served.
  ///
  /// @param allow SPDX identifiers, literally, with or without an exception
  /// @param exceptions what single crates may be licensed under beside that
  /// @param clarifications what single crates are licensed under, whatever they state
  /// @param level what another licence does
  /// @param missing what a crate does that states no licence, or none that is an SPDX expression
  public record Licences(
      List<LicenceTerm> allow,
      List<LicenceException> exceptions,
      List<Clarification> clarifications,
      Level level,
      Level missing) {
    /// Copies the lists.
    public Licences {
      allow = List.copyOf(allow);
      exceptions = List.copyOf(exceptions);
      clarifications = List.copyOf(clarifications);
    }

    boolean allows(CrateName name, CrateVersion version, LicenceExpression stated) {
      List<LicenceTerm> allowed = new ArrayList<>(allow);
      exceptions.stream()
          .filter(e -> means(e.crate(), name, version))
          .forEach(e -> allowed.addAll(e.allow()));
      return stated.isMetBy(allowed);
    }

    /// Returns what a version is licensed under in place of what it states; empty where nobody
    /// clarified that.
    Optional<LicenceExpression> clarified(CrateName name, CrateVersion version) {
      return clarifications.stream()
          .filter(c -> means(c.crate(), name, version))
          .map(Clarification::expression)
          .findFirst();
    }
  }

  /// What one crate may be licensed under beside what all may.
  ///
  /// @param crate its name, and which versions
  /// @param allow SPDX identifiers
  public record LicenceException(CrateSpec crate, List<LicenceTerm> allow) {
    /// Copies the list.
    public LicenceException {
      allow = List.copyOf(allow);
    }
  }

  /// What somebody found a crate to be licensed under.
  ///
  /// @param crate its name, and which versions
  /// @param expression the licences
  public record Clarification(CrateSpec crate, LicenceExpression expression) {}

  /// A crate, or some of its versions, that may not be served.
  ///
  /// @param crate its name
  /// @param req which versions; null for all
  /// @param reason why, for whoever meets the refusal
  /// @param useInstead another crate to use; null where none is named
  /// @param wrappers the crates that may depend on it all the same; empty for none. The gate cannot
  ///   see who depends on what it serves, so that such a ban is told, and held where a lockfile is
  ///   checked
  /// @param level what the ban does
  public record Ban(
      CrateName crate,
      @Nullable VersionReq req,
      String reason,
      @Nullable String useInstead,
      List<CrateName> wrappers,
      Level level) {
    /// Copies the list.
    public Ban {
      wrappers = List.copyOf(wrappers);
    }

    /// Tells whether a version falls under the ban.
    public boolean covers(CrateName name, CrateVersion version) {
      return crate.collisionKey().equals(name.collisionKey())
          && (req == null || req.matches(version));
    }

    /// Tells whether a crate may depend on what is banned.
    public boolean wraps(String dependent) {
      return wrappers.stream().anyMatch(w -> w.published().equals(dependent));
    }

    /// Returns why, and what to use instead.
    public String text() {
      return useInstead == null ? reason : reason + "; use " + useInstead + " instead";
    }
  }

  /// The only crates that may do something.
  ///
  /// @param allow their names, with or without versions
  /// @param level what another crate does
  public record Listed(List<CrateSpec> allow, Level level) {
    /// Copies the list.
    public Listed {
      allow = List.copyOf(allow);
    }

    boolean has(CrateName name, CrateVersion version) {
      return allow.stream().anyMatch(entry -> means(entry, name, version));
    }
  }
}
