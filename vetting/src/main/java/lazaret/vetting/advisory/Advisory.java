package lazaret.vetting.advisory;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// What one record of one feed says against one crate. A record that names several crates is read
/// as several advisories with one id.
///
/// @param id the record's own id: `RUSTSEC-2026-0260`, `MAL-2026-14336`, `GHSA-...`
/// @param feed the name of the feed it came with
/// @param aliases ids of other records about the same matter, as the feed states them
/// @param crate the crate as the record writes it, or null where it names bytes or texts only
/// @param kind what it is about
/// @param rating how bad it is
/// @param title one line for a person, printable
/// @param url where to read more, or null where the record does not say
/// @param date when it was published, or null where the record does not say
/// @param withdrawn whether the feed took it back: such a record affects nothing and is kept to be
///   shown
/// @param affected the versions it is about
/// @param scope where the matter applies; shown, not judged by
/// @param byAssociation whether the record accuses a crate of what its author or its users did, not
///   of what its own code does
/// @param iocs what else the attacker's crates are known by
public record Advisory(
    String id,
    String feed,
    List<String> aliases,
    @Nullable CrateName crate,
    AdvisoryKind kind,
    Rating rating,
    String title,
    @Nullable String url,
    @Nullable LocalDate date,
    boolean withdrawn,
    Affected affected,
    Scope scope,
    boolean byAssociation,
    List<Ioc> iocs) {
  /// Copies the lists.
  public Advisory {
    aliases = List.copyOf(aliases);
    iocs = List.copyOf(iocs);
  }

  /// Tells whether a version is affected, withdrawn records affecting none.
  public boolean affects(CrateVersion version) {
    return !withdrawn && affected.contains(version);
  }

  /// Tells whether an id names this record, by its own id or an alias, in any case.
  public boolean isNamed(String wanted) {
    String upper = wanted.toUpperCase(Locale.ROOT);
    return id.toUpperCase(Locale.ROOT).equals(upper)
        || aliases.stream().anyMatch(a -> a.toUpperCase(Locale.ROOT).equals(upper));
  }

  /// Where a matter applies, as far as the record says; an empty list is no restriction.
  ///
  /// @param functions paths of the functions that are concerned
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
