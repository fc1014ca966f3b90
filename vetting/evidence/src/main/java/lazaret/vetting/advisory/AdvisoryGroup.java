package lazaret.vetting.advisory;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The advisory group of one vulnerability that affects a version, with the records of all feeds.
/// Records belong together if they are linked by id or alias, directly or through other records.
/// Malware records of overlapping versions of one crate belong together too, since most of them
/// have no aliases.
///
/// Feeds disagree: the ranges of RustSec include future versions, others list the published
/// versions exactly. A version is affected if any feed says so. The other records are shown, so
/// that a person can override the result for one version with a reason.
///
/// @param affirming records that affect the version, the worst first, at least one
/// @param disputing records of the same group that do not affect the version, including withdrawn
///   ones
/// @param byDigest whether a record names the bytes themselves, whatever the crate and version are
public record AdvisoryGroup(List<Advisory> affirming, List<Advisory> disputing, boolean byDigest) {
  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if no record affects the version
  public AdvisoryGroup {
    affirming = List.copyOf(affirming);
    disputing = List.copyOf(disputing);
    if (affirming.isEmpty()) {
      throw new IllegalArgumentException("a hit needs a record that affirms it");
    }
  }

  /// Returns the record to show first: of the worst kind, then of the highest severity.
  public Advisory leading() {
    return affirming.getFirst();
  }

  /// Returns the id of the record to show first.
  public String id() {
    return leading().id();
  }

  /// Returns the worst kind of the records that affect the version.
  public AdvisoryKind kind() {
    return leading().kind();
  }

  /// Returns the highest rating among the records of the worst kind; unknown only if all of them
  /// are unknown.
  public SeverityRating rating() {
    SeverityRating highest = SeverityRating.UNKNOWN;
    for (Advisory advisory : affirming) {
      SeverityRating rating = advisory.rating();
      if (advisory.kind() == kind()
          && rating.severity() != Severity.UNKNOWN
          && (highest.severity() == Severity.UNKNOWN
              || rating.severity().compareTo(highest.severity()) > 0)) {
        highest = rating;
      }
    }
    return highest;
  }

  /// Returns all ids and aliases of the group, sorted.
  public List<String> ids() {
    var ids = new TreeSet<String>();
    Stream.concat(affirming.stream(), disputing.stream())
        .forEach(
            a -> {
              ids.add(a.id());
              ids.addAll(a.aliases());
            });
    return List.copyOf(ids);
  }

  /// Returns whether an id or alias belongs to the group.
  public boolean isNamed(String id) {
    return Stream.concat(affirming.stream(), disputing.stream()).anyMatch(a -> a.isNamed(id));
  }

  /// Returns the feeds with a record that affects the version, sorted.
  public List<String> affirmedBy() {
    return affirming.stream().map(Advisory::feed).distinct().sorted().toList();
  }

  /// Returns the feeds whose records of the group all do not affect the version, sorted.
  public List<String> disputedBy() {
    List<String> yes = affirmedBy();
    return disputing.stream()
        .map(Advisory::feed)
        .filter(f -> !yes.contains(f))
        .distinct()
        .sorted()
        .toList();
  }

  /// Returns whether all records accuse the crate by association, and none its own code.
  public boolean byAssociation() {
    return affirming.stream().allMatch(Advisory::byAssociation);
  }
}
