package lazaret.vetting.desk.search;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The use of one version, collected from submitted lockfiles and the download log. For one thread.
final class VersionUse {
  /// The name in the store of a lockfile that was sent without one.
  private static final String UNNAMED = "-";

  long lockfiles;
  long downloads;
  LocalDate last = LocalDate.MIN;
  final SortedSet<String> names = new TreeSet<>();

  /// The versions in use after a position.
  ///
  /// @param uses the first versions by crate and version
  /// @param complete whether there are no others
  record Window(NavigableMap<VersionPosition, VersionUse> uses, boolean complete) {}

  /// Reads all submitted lockfiles and the download log once, and keeps the first versions.
  ///
  /// @param after the position after which the versions begin; null for all
  /// @param size the maximum number of versions that are kept in heap
  static Window read(Store store, @Nullable VersionPosition after, int size) {
    Collector found = new Collector(after, size);
    try (Stream<SeenLockfile> all = store.lockfiles()) {
      for (Iterator<SeenLockfile> rest = all.iterator(); rest.hasNext(); ) {
        found.add(rest.next());
      }
    }
    try (Stream<DownloadRecord> all = store.accesses()) {
      for (Iterator<DownloadRecord> rest = all.iterator(); rest.hasNext(); ) {
        found.add(rest.next());
      }
    }
    return new Window(found.uses, found.complete);
  }

  private void used(LocalDate day) {
    last = day.isAfter(last) ? day : last;
  }

  /// The first versions of those that were added.
  private static final class Collector {
    private final NavigableMap<VersionPosition, VersionUse> uses = new TreeMap<>();
    private final @Nullable VersionPosition after;
    private final int size;
    private boolean complete = true;

    Collector(@Nullable VersionPosition after, int size) {
      this.after = after;
      this.size = size;
    }

    void add(SeenLockfile lockfile) {
      LocalDate day = LocalDate.ofInstant(lockfile.last(), ZoneOffset.UTC);
      for (String locked : lockfile.packages()) {
        int space = locked.indexOf(' ');
        VersionUse use = of(locked.substring(0, space), locked.substring(space + 1));
        if (use == null) {
          continue;
        }
        use.lockfiles++;
        use.used(day);
        for (SeenLockfile.Sighting sighting : lockfile.count()) {
          if (use.names.size() < InventorySearch.MAX_NAMES && !sighting.name().equals(UNNAMED)) {
            use.names.add(sighting.name());
          }
        }
      }
    }

    void add(DownloadRecord download) {
      VersionUse use = of(download.id().name().collisionKey(), download.id().version().text());
      if (use != null) {
        use.downloads += download.count();
        use.used(download.day());
      }
    }

    /// Returns the use of a version, or null if the version is not among the first. A version that
    /// was dropped cannot come back, since the last position only becomes smaller.
    private @Nullable VersionUse of(String crate, String version) {
      VersionPosition position = new VersionPosition(crate, version);
      if (after != null && position.compareTo(after) <= 0) {
        return null;
      }
      VersionUse known = uses.get(position);
      if (known != null) {
        return known;
      }
      if (uses.size() == size) {
        complete = false;
        if (position.compareTo(uses.lastKey()) > 0) {
          return null;
        }
        uses.pollLastEntry();
      }
      VersionUse made = new VersionUse();
      uses.put(position, made);
      return made;
    }
  }
}
