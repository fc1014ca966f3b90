package lazaret.vetting.advisory;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// One matter that affects a version, with what every feed says about it: records are one matter if
/// they name each other by id or alias, through whatever third record, or if they call overlapping
/// versions of one crate malware (most records about malware do not name each other).
///
/// Feeds disagree: RustSec's ranges are open towards versions that do not exist yet, others list
/// exactly what was published. A version is affected if any feed says so; who does not is shown, so
/// that a person can override it for one version with a reason.
///
/// @param affirming the records by which the version is affected, the worst first, at least one
/// @param disputing the records of the same matter by which it is not, withdrawn ones among them
/// @param byDigest whether the bytes themselves are named, whatever crate and version they are
public record AdvisoryHit(List<Advisory> affirming, List<Advisory> disputing, boolean byDigest) {
  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if no record says that the version is affected
  public AdvisoryHit {
    affirming = List.copyOf(affirming);
    disputing = List.copyOf(disputing);
    if (affirming.isEmpty()) {
      throw new IllegalArgumentException("a hit needs a record that affirms it");
    }
  }

  /// Returns the record to tell first: of the worst kind, then of the highest severity.
  public Advisory leading() {
    return affirming.getFirst();
  }

  /// Returns the id of the record to tell first.
  public String id() {
    return leading().id();
  }

  /// Returns the worst kind that a record states.
  public AdvisoryKind kind() {
    return leading().kind();
  }

  /// Returns the highest rating among the records of the worst kind; unknown only if none of them
  /// knows.
  public Rating rating() {
    Rating highest = Rating.UNKNOWN;
    for (Advisory advisory : affirming) {
      Rating rating = advisory.rating();
      if (advisory.kind() == kind()
          && rating.severity() != Severity.UNKNOWN
          && (highest.severity() == Severity.UNKNOWN
              || rating.severity().compareTo(highest.severity()) > 0)) {
        highest = rating;
      }
    }
    return highest;
  }

  /// Returns all ids and aliases under which the matter is known, sorted.
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

  /// Tells whether an id or alias names the matter.
  public boolean isNamed(String id) {
    return Stream.concat(affirming.stream(), disputing.stream()).anyMatch(a -> a.isNamed(id));
  }

  /// Returns the feeds that say the version is affected, sorted.
  public List<String> affirmedBy() {
    return affirming.stream().map(Advisory::feed).distinct().sorted().toList();
  }

  /// Returns the feeds that have a record of the matter by which the version is not affected, and
  /// none by which it is, sorted.
  public List<String> disputedBy() {
    List<String> yes = affirmedBy();
    return disputing.stream()
        .map(Advisory::feed)
        .filter(f -> !yes.contains(f))
        .distinct()
        .sorted()
        .toList();
  }

  /// Tells whether no record accuses the crate's own code.
  public boolean byAssociation() {
    return affirming.stream().allMatch(Advisory::byAssociation);
  }
}
