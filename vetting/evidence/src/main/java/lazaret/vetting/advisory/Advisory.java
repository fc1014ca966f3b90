package lazaret.vetting.advisory;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.inspect.Ioc;
import org.jspecify.annotations.Nullable;

/// One record of one feed for one crate. A record that names several crates is read as several
/// advisories with one id.
///
/// @param id id of the record: `RUSTSEC-2026-0260`, `MAL-2026-14336`, `GHSA-...`
/// @param feed name of the feed
/// @param aliases ids of other records about the same vulnerability, as the feed states them
/// @param crate name of the crate as the record writes it; null if the record names only digests or
///   texts
/// @param kind kind of the advisory
/// @param rating severity
/// @param title one printable line for a person
/// @param url address of further information; null if the record has none
/// @param date publication date; null if the record has none
/// @param withdrawn whether the feed withdrew the record. A withdrawn record affects no version and
///   is kept for display
/// @param affected affected versions
/// @param scope functions and platforms concerned; displayed, but not part of the evaluation
/// @param byAssociation whether the record accuses a crate because of acts of its author or users,
///   and not because of its own code
/// @param iocs further indicators of the attacker's crates
public record Advisory(
    String id,
    String feed,
    List<String> aliases,
    @Nullable CrateName crate,
    AdvisoryKind kind,
    SeverityRating rating,
    String title,
    @Nullable String url,
    @Nullable LocalDate date,
    boolean withdrawn,
    AffectedVersions affected,
    Scope scope,
    boolean byAssociation,
    List<Ioc> iocs) {
  /// Copies the lists.
  public Advisory {
    aliases = List.copyOf(aliases);
    iocs = List.copyOf(iocs);
  }

  /// Returns whether the record affects a version. A withdrawn record affects none.
  public boolean affects(CrateVersion version) {
    return !withdrawn && affected.contains(version);
  }

  /// Returns whether an id is the record's id or an alias, ignoring case.
  public boolean isNamed(String wanted) {
    String upper = wanted.toUpperCase(Locale.ROOT);
    return id.toUpperCase(Locale.ROOT).equals(upper)
        || aliases.stream().anyMatch(a -> a.toUpperCase(Locale.ROOT).equals(upper));
  }

  /// The functions and platforms that a record concerns. An empty list means all.
  ///
  /// @param functions paths of the functions
  /// @param arch architectures, in Rust's words
  /// @param os operating systems, in Rust's words
  public record Scope(List<String> functions, List<String> arch, List<String> os) {
    /// No restriction.
    public static final Scope ALL = new Scope(List.of(), List.of(), List.of());

    /// Copies the lists.
    public Scope {
      functions = List.copyOf(functions);
      arch = List.copyOf(arch);
      os = List.copyOf(os);
    }
  }
}
