package lazaret.vetting.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.index.HeldCrate;
import lazaret.vetting.index.HeldLine;

/// A crate's versions in time, and what people decided on them.
///
/// @param crate its versions
/// @param approved the texts of versions whose bytes a person approved, expired or not
/// @param refused the texts of versions that a person denied or revoked
/// @param publishers who published which version, by its text; empty where nothing tells
public record CrateHistory(
    HeldCrate crate, Set<String> approved, Set<String> refused, Map<String, Publisher> publishers) {
  /// How long a version or a crate counts as young. Of the incidents with known dates, 86 % were
  /// found within that time; what outlives it is found by other means.
  public static final Duration YOUTH = Duration.ofDays(30);

  /// Copies the collections.
  public CrateHistory {
    approved = Set.copyOf(approved);
    refused = Set.copyOf(refused);
    publishers = Map.copyOf(publishers);
  }

  /// Tells whether a version is young. One without a publish time is not: its age is not known, and
  /// its cooldown counts from when the gate first saw it.
  public static boolean young(HeldLine line, Instant now) {
    return line.entry().pubtime() != null && now.isBefore(line.ageFrom().plus(YOUTH));
  }

  /// How long a crate is quiet before its next release is out of the ordinary: 97 of 100 releases
  /// come sooner.
  public static final Duration QUIET = Duration.ofDays(365);

  /// How long after the end of a quiet time releases still count as the first ones.
  private static final Duration AWAKE = YOUTH;

  /// Returns when the versions of a crate were published, ascending; empty where one has no publish
  /// time, so that nobody knows. Versions that are gone upstream count: they were published.
  public static List<Instant> publishTimes(HeldCrate crate) {
    List<Instant> times = new ArrayList<>();
    for (HeldLine line : crate.lines()) {
      Instant published = line.entry().pubtime();
      if (published == null) {
        return List.of();
      }
      times.add(published);
    }
    times.sort(Comparator.naturalOrder());
    return List.copyOf(times);
  }

  /// Returns the quiet time that ended with a release or shortly before it; empty where there was
  /// none.
  ///
  /// @param times of all releases, ascending
  /// @param published when it was published
  public static Optional<Duration> quietBefore(List<Instant> times, Instant published) {
    Duration longest = Duration.ZERO;
    int at = Collections.binarySearch(times, published);
    for (int i = at; i > 0 && !times.get(i).plus(AWAKE).isBefore(published); i--) {
      Duration gap = Duration.between(times.get(i - 1), times.get(i));
      longest = gap.compareTo(longest) > 0 ? gap : longest;
    }
    return Optional.of(longest).filter(gap -> gap.compareTo(QUIET) >= 0);
  }

  /// Returns when the first version ever of a crate was published; empty where a version has no
  /// publish time or no version is left upstream. Versions that are gone upstream do not count: a
  /// name that is registered anew after a deletion is young again, whoever has it now.
  public static Optional<Instant> firstPublished(HeldCrate crate) {
    Instant first = null;
    for (HeldLine line : crate.lines()) {
      if (line.goneSince() != null) {
        continue;
      }
      if (line.entry().pubtime() == null) {
        return Optional.empty();
      }
      if (first == null || line.ageFrom().isBefore(first)) {
        first = line.ageFrom();
      }
    }
    return Optional.ofNullable(first);
  }

  /// Returns the version that a young one is held against: the greatest by SemVer precedence of
  /// those that are lower, were published earlier and are vetted; empty where there is none.
  ///
  /// Vetted is what a person approved, and what is no longer young. A young version that nobody
  /// looked at is no base even where it is served: else an attacker would publish twice, and the
  /// second version would add nothing.
  public Optional<HeldLine> base(HeldLine line, Instant now) {
    return crate.lines().stream()
        .filter(other -> vetted(other, now))
        .filter(other -> other.entry().version().compareTo(line.entry().version()) < 0)
        .filter(other -> other.ageFrom().isBefore(line.ageFrom()))
        .max(Comparator.comparing(other -> other.entry().version()));
  }

  /// Tells whether a version may be what others are held against.
  boolean vetted(HeldLine line, Instant now) {
    String version = line.entry().version().text();
    if (line.goneSince() != null || line.changedCksum() != null || refused.contains(version)) {
      return false;
    }
    boolean yankedAtFirstSight = line.entry().yanked() && line.yankedSince() == null;
    return approved.contains(version) || (!yankedAtFirstSight && !young(line, now));
  }
}
