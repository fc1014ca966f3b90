package lazaret.vetting.desk.search;

import java.util.List;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The result of a search in all records that have a page.
///
/// @param versions the versions that the words name, by name and version or by SHA-256
/// @param crates the crates whose name contains the words, the exact name first
/// @param total the number of matching names of crates
/// @param people the names in the ledger that contain the words
/// @param advisories the records of the advisory that the words name
public record DeskSearchResult(
    List<Version> versions,
    List<Crate> crates,
    long total,
    List<String> people,
    List<Advisory> advisories) {
  public DeskSearchResult {
    versions = List.copyOf(versions);
    crates = List.copyOf(crates);
    people = List.copyOf(people);
    advisories = List.copyOf(advisories);
  }

  /// A version in the result.
  ///
  /// @param id the version with its SHA-256
  /// @param verdict the verdict
  /// @param stored whether the artifact is stored
  public record Version(CrateId id, Verdict verdict, boolean stored) {}

  /// A crate in the result.
  ///
  /// @param name the name as published
  /// @param newest the newest served version; null if none is served
  public record Crate(CrateName name, @Nullable CrateVersion newest) {}
}
