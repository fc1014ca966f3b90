package lazaret.vetting.takeover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.StoredLine;
import org.jspecify.annotations.Nullable;

/// The vetted versions of a crate, sorted, valid until the age of a version changes them. A crate
/// can have thousands of young versions, each of which is compared with its base; sorting avoids a
/// scan for each. The results equal those of [CrateHistory#base]. Immutable.
final class Baseline {
  private final Instant from;
  private final @Nullable Instant end;

  /// Ascending by version. Versions that differ only in build metadata are in the order of the
  /// index file.
  private final List<StoredLine> byVersion;

  private final List<StoredLine> byAge;
  private final long[] highest;

  private Baseline(Instant from, @Nullable Instant end, List<StoredLine> vetted) {
    this.from = from;
    this.end = end;
    this.byVersion = new ArrayList<>(vetted);
    byVersion.sort(Comparator.comparing(line -> line.entry().version()));
    this.byAge = new ArrayList<>(vetted);
    byAge.sort(Comparator.comparing(StoredLine::ageFrom));
    this.highest = new long[byAge.size()];
    long major = 0;
    for (int i = 0; i < highest.length; i++) {
      long next = byAge.get(i).entry().version().major();
      major = Long.compareUnsigned(next, major) > 0 ? next : major;
      highest[i] = major;
    }
  }

  static Baseline at(CrateHistory history, Instant now) {
    List<StoredLine> vetted = new ArrayList<>();
    Instant end = null;
    for (StoredLine line : history.crate().lines()) {
      if (history.vetted(line, now)) {
        vetted.add(line);
      }
      Instant grown = line.ageFrom().plus(CrateHistory.YOUTH);
      if (grown.isAfter(now) && (end == null || grown.isBefore(end))) {
        end = grown;
      }
    }
    return new Baseline(now, end, vetted);
  }

  /// Returns whether the baseline is valid at a time.
  boolean covers(Instant moment) {
    return !moment.isBefore(from) && (end == null || moment.isBefore(end));
  }

  /// Returns the greatest vetted version that is lower and was published earlier, or empty if there
  /// is none.
  Optional<StoredLine> base(StoredLine line) {
    CrateVersion version = line.entry().version();
    StoredLine best = null;
    // A version vetted by age is older than any young version, so only approved young ones are
    // skipped.
    for (int i = lower(version) - 1; i >= 0; i--) {
      StoredLine other = byVersion.get(i);
      if (best != null && other.entry().version().compareTo(best.entry().version()) != 0) {
        break;
      }
      if (other.ageFrom().isBefore(line.ageFrom())) {
        best = other;
      }
    }
    return Optional.ofNullable(best);
  }

  /// Returns the number of vetted versions that are lower.
  private int lower(CrateVersion version) {
    int low = 0;
    int high = byVersion.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (byVersion.get(middle).entry().version().compareTo(version) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Returns the highest major number of the vetted versions that were published before a time, or
  /// empty if there are none.
  Optional<Long> highestMajorBefore(Instant moment) {
    int low = 0;
    int high = byAge.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (byAge.get(middle).ageFrom().isBefore(moment)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? Optional.empty() : Optional.of(highest[low - 1]);
  }
}
