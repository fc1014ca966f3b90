package lazaret.vetting.gate.feeds;

import java.util.HashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.serving.UsageLog;
import lazaret.vetting.gate.store.Store;

/// The search for the clients and lockfiles that have one version. Its cost depends on them, and
/// neither on the length of the download log nor on the number of other lockfiles. Thread-safe;
/// blocks.
public final class BlastRadiusSearch {
  private final Store store;
  private final LockfilePackageIndex lockfiles;

  private BlastRadiusSearch(Store store, LockfilePackageIndex lockfiles) {
    this.store = store;
    this.lockfiles = lockfiles;
  }

  /// Creates a search that follows a usage log.
  public static BlastRadiusSearch of(Store store, UsageLog usageLog) {
    return new BlastRadiusSearch(store, LockfilePackageIndex.of(store, usageLog));
  }

  /// Returns the blast radius of a version.
  public BlastRadius of(CrateName name, CrateVersion version) {
    return of(name, version, Long.MAX_VALUE);
  }

  /// Returns the blast radius of a version, by its latest downloads.
  ///
  /// @param most the maximum number of records of downloads
  public BlastRadius of(CrateName name, CrateVersion version, long most) {
    BlastRadius.Key key = BlastRadius.Key.of(name, version);
    BlastRadius.Index found = new BlastRadius.Index(new HashMap<>(), new HashMap<>());
    Set<BlastRadius.Key> wanted = Set.of(key);
    AtomicLong records = new AtomicLong();
    store.accesses(
        name,
        version,
        access -> {
          if (records.incrementAndGet() > most) {
            return false;
          }
          found.add(access, wanted);
          return true;
        });
    lockfiles.containing(key.text()).forEach(lockfile -> found.add(lockfile, key));
    BlastRadius radius = found.of(name, version);
    return records.get() > most ? radius.ofLatest() : radius;
  }
}
