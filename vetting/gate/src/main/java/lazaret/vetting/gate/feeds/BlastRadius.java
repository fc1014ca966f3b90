package lazaret.vetting.gate.feeds;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.Store;

/// The clients and lockfiles that have a version. If it turns out to be bad, they must be informed.
///
/// @param name the crate
/// @param version the version
/// @param holders the clients that downloaded it, latest first, at most [#MAX_HOLDERS]
/// @param more the number of clients that are not listed
/// @param lockfiles the submitted lockfiles that contain it, with sender and time, latest first, at
///   most [#MAX_HOLDERS]
/// @param complete whether all downloads were read, and not the latest ones alone
public record BlastRadius(
    CrateName name,
    CrateVersion version,
    List<Holder> holders,
    int more,
    List<Locked> lockfiles,
    boolean complete) {
  /// The maximum number of clients and of lockfiles that are listed.
  public static final int MAX_HOLDERS = 1_000;

  private static final int MAX_NAMED = 5;

  /// Copies the lists.
  public BlastRadius {
    holders = List.copyOf(holders);
    lockfiles = List.copyOf(lockfiles);
  }

  /// A client that has the version.
  ///
  /// @param token the name of the token; `-` if none was needed
  /// @param address the IP address
  /// @param first the day of the first download, in UTC
  /// @param last the day of the last download, in UTC
  /// @param count the number of downloads
  public record Holder(String token, String address, LocalDate first, LocalDate last, long count) {
    private Holder and(Holder other) {
      return new Holder(
          token,
          address,
          first.isBefore(other.first) ? first : other.first,
          last.isAfter(other.last) ? last : other.last,
          count + other.count);
    }
  }

  /// A lockfile that contains the version.
  ///
  /// @param digest the SHA-256 of the lockfile's text
  /// @param sighting the sender and the time
  public record Locked(Sha256 digest, SeenLockfile.Sighting sighting) {}

  /// A version of a crate in the form of the store's keys.
  ///
  /// @param crate the collision key of the crate
  /// @param version the exact text of the version
  public record Key(String crate, String version) {
    /// Returns the form in lists of packages: collision key, a space, exact version text.
    String text() {
      return crate + ' ' + version;
    }

    /// Returns the key of a version.
    public static Key of(CrateName name, CrateVersion version) {
      return new Key(name.collisionKey(), version.text());
    }
  }

  /// The clients and lockfiles of a set of versions.
  public record Index(Map<Key, Map<String, Holder>> holders, Map<Key, List<Locked>> lockfiles) {
    /// Adds a download if its version is wanted.
    void add(DownloadRecord access, Set<Key> wanted) {
      Key key = Key.of(access.id().name(), access.id().version());
      if (wanted.contains(key)) {
        holders
            .computeIfAbsent(key, _ -> new HashMap<>())
            .merge(
                access.token() + ' ' + access.address(),
                new Holder(
                    access.token(), access.address(), access.day(), access.day(), access.count()),
                Holder::and);
      }
    }

    /// Adds a lockfile that contains a version.
    void add(SeenLockfile lockfile, Key key) {
      List<Locked> all = lockfiles.computeIfAbsent(key, _ -> new ArrayList<>());
      lockfile.count().forEach(s -> all.add(new Locked(lockfile.digest(), s)));
    }

    /// Returns the blast radius of one version.
    public BlastRadius of(CrateName name, CrateVersion version) {
      Key key = Key.of(name, version);
      List<Holder> all = new ArrayList<>(holders.getOrDefault(key, Map.of()).values());
      all.sort(
          Comparator.comparing(Holder::last)
              .reversed()
              .thenComparing(Holder::token)
              .thenComparing(Holder::address));
      int listed = Math.min(all.size(), MAX_HOLDERS);
      List<Locked> locked =
          lockfiles.getOrDefault(key, List.of()).stream()
              .sorted(
                  Comparator.comparing((Locked l) -> l.sighting().last())
                      .reversed()
                      .thenComparing(Locked::digest))
              .limit(MAX_HOLDERS)
              .toList();
      return new BlastRadius(
          name, version, all.subList(0, listed), all.size() - listed, locked, true);
    }
  }

  /// Searches the clients and lockfiles that have any of the versions. Reads the download log and
  /// all lockfiles once.
  public static Index search(Store store, Set<Key> wanted) {
    Index found = new Index(new HashMap<>(), new HashMap<>());
    if (wanted.isEmpty()) {
      return found;
    }
    try (Stream<DownloadRecord> accesses = store.accesses()) {
      accesses.forEach(access -> found.add(access, wanted));
    }
    Map<String, Key> packages = new HashMap<>();
    wanted.forEach(key -> packages.put(key.text(), key));
    try (Stream<SeenLockfile> lockfiles = store.lockfiles()) {
      lockfiles.forEach(lockfile -> locked(lockfile, packages, found));
    }
    return found;
  }

  private static void locked(SeenLockfile lockfile, Map<String, Key> packages, Index found) {
    for (String locked : lockfile.packages()) {
      Key key = packages.get(locked);
      if (key != null) {
        found.add(lockfile, key);
      }
    }
  }

  /// Returns this radius for downloads of which the latest were read.
  BlastRadius ofLatest() {
    return new BlastRadius(name, version, holders, more, lockfiles, false);
  }

  /// Returns whether the version is in no client and in no lockfile.
  public boolean isEmpty() {
    return holders.isEmpty() && lockfiles.isEmpty();
  }

  /// Returns the blast radius in one clause for a notice.
  ///
  /// An example is `handed out to ci from 10.0.0.7 (2026-11-20 to 2026-11-24) and 3 others; locked
  /// by app/Cargo.lock (sha256 01234567, ci from 10.0.0.7, 2026-11-24)`.
  @Override
  public String toString() {
    String handed =
        holders.isEmpty()
            ? "handed out to nobody"
            : "handed out to " + listed(holders, more, BlastRadius::text);
    return lockfiles.isEmpty()
        ? handed
        : handed + "; locked by " + listed(lockfiles, 0, BlastRadius::text);
  }

  private static <T> String listed(List<T> all, int more, Function<T, String> text) {
    List<String> named = all.stream().limit(MAX_NAMED).map(text).toList();
    int others = all.size() + more - named.size();
    return String.join(", ", named)
        + (others == 0 ? "" : " and " + others + (others == 1 ? " other" : " others"));
  }

  private static String text(Holder holder) {
    return "%s (%s)"
        .formatted(from(holder.token(), holder.address()), days(holder.first(), holder.last()));
  }

  private static String text(Locked locked) {
    SeenLockfile.Sighting sighting = locked.sighting();
    return "%s (sha256 %s, %s, %s)"
        .formatted(
            sighting.name(),
            locked.digest().hex().substring(0, 8),
            from(sighting.token(), sighting.address()),
            days(day(sighting.first()), day(sighting.last())));
  }

  private static String from(String token, String address) {
    return (token.equals("-") ? "" : token + " from ") + address;
  }

  private static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }

  private static String days(LocalDate first, LocalDate last) {
    return first.equals(last) ? first.toString() : first + " to " + last;
  }
}
