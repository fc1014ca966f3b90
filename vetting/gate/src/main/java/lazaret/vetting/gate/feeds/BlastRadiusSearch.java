package lazaret.vetting.gate.feeds;

import java.util.HashMap;
import java.util.Set;
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
    BlastRadius.Key key = BlastRadius.Key.of(name, version);
    BlastRadius.Index found = new BlastRadius.Index(new HashMap<>(), new HashMap<>());
    Set<BlastRadius.Key> wanted = Set.of(key);
    store.accesses(name, version, access -> found.add(access, wanted));
    lockfiles.containing(key.text()).forEach(lockfile -> found.add(lockfile, key));
    return found.of(name, version);
  }
}
