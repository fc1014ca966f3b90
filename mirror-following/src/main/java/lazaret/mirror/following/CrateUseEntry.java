package lazaret.mirror.following;

import java.util.Comparator;
import lazaret.vetting.crates.CrateName;

/// A crate as the dump of the registry has it.
///
/// @param versions the number of its versions
/// @param digest the sum of the digests of its versions
/// @param bytes the length of all its artifacts
/// @param downloads the number of its downloads
record CrateUseEntry(CrateName name, long versions, long digest, long bytes, long downloads) {
  /// The order of the store.
  static final Comparator<CrateUseEntry> BY_NAME =
      Comparator.comparing(entry -> entry.name().collisionKey());

  /// The order by downloads, the most used first.
  static final Comparator<CrateUseEntry> BY_USE =
      Comparator.comparingLong(CrateUseEntry::downloads).reversed().thenComparing(BY_NAME);

  /// Returns a digest of a version and its yank. The sum over all versions of a crate differs if a
  /// version is added, removed, yanked or unyanked.
  ///
  /// @param version the exact text
  static long digest(String version, boolean yanked) {
    long hash = yanked ? 0x9e3779b97f4a7c15L : 0xcbf29ce484222325L;
    for (int i = 0; i < version.length(); i++) {
      hash = (hash ^ version.charAt(i)) * 0x100000001b3L;
    }
    // Without it, the sums of similar texts would be alike.
    hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
    return hash ^ hash >>> 31;
  }

  /// Returns the entry as a line without its break.
  String line() {
    return name + " " + versions + " " + Long.toHexString(digest) + " " + bytes + " " + downloads;
  }

  /// Reads a line.
  ///
  /// @throws IllegalArgumentException if it has another form
  static CrateUseEntry parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 5 || !CrateName.isValid(words[0])) {
      throw new IllegalArgumentException("expected a crate with four numbers");
    }
    return new CrateUseEntry(
        CrateName.parse(words[0]),
        Long.parseLong(words[1]),
        Long.parseUnsignedLong(words[2], 16),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]));
  }
}
