package lazaret.vetting.desk;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// Who has a version: what there is to tell whom once it turns out to be bad.
///
/// @param name the crate
/// @param version the version
/// @param holders to whom it was handed out, the latest first, at most [#MAX_HOLDERS]
/// @param more how many holders are not listed
/// @param lockfiles lockfiles that asked for it, as far as they gave their name
public record BlastRadius(
    CrateName name, CrateVersion version, List<Holder> holders, int more, List<String> lockfiles) {
  /// How many holders are listed.
  public static final int MAX_HOLDERS = 1_000;

  private static final int MAX_NAMED = 5;

  /// Copies the lists.
  public BlastRadius {
    holders = List.copyOf(holders);
    lockfiles = List.copyOf(lockfiles);
  }

  /// One who has it.
  ///
  /// @param token the name of the token, `-` where none was needed
  /// @param address the IP address
  /// @param first the first day on which it was handed out, in UTC
  /// @param last the last day
  /// @param count how often
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

  /// A version of a crate, in the words of the store.
  ///
  /// @param crate the collision key of the crate
  /// @param version the exact text of the version
  record Key(String crate, String version) {
    static Key of(CrateName name, CrateVersion version) {
      return new Key(name.collisionKey(), version.text());
    }
  }

  /// Finds the holders of versions, reading all that was handed out once.
  static Map<Key, Map<String, Holder>> holders(Store store, Set<Key> wanted) {
    Map<Key, Map<String, Holder>> found = new HashMap<>();
    if (wanted.isEmpty()) {
      return found;
    }
    try (Stream<Access> accesses = store.accesses()) {
      for (Iterator<Access> rest = accesses.iterator(); rest.hasNext(); ) {
        Access access = rest.next();
        Key key = Key.of(access.id().name(), access.id().version());
        if (wanted.contains(key)) {
          found
              .computeIfAbsent(key, _ -> new HashMap<>())
              .merge(
                  access.token() + ' ' + access.address(),
                  new Holder(
                      access.token(), access.address(), access.day(), access.day(), access.count()),
                  Holder::and);
        }
      }
    }
    return found;
  }

  /// Puts together what is known of one version.
  static BlastRadius of(
      Store store, CrateName name, CrateVersion version, Map<Key, Map<String, Holder>> found) {
    List<Holder> holders =
        new ArrayList<>(found.getOrDefault(Key.of(name, version), Map.of()).values());
    holders.sort(
        Comparator.comparing(Holder::last)
            .reversed()
            .thenComparing(Holder::token)
            .thenComparing(Holder::address));
    int listed = Math.min(holders.size(), MAX_HOLDERS);
    return new BlastRadius(
        name,
        version,
        holders.subList(0, listed),
        holders.size() - listed,
        store.request(name, version).map(Request::lockfiles).orElse(List.of()));
  }

  /// Tells whether nobody has it.
  public boolean isEmpty() {
    return holders.isEmpty();
  }

  /// Returns the radius in one clause for a notice: `handed out to ci from 10.0.0.7 (2026-11-20 to
  /// 2026-11-24) and 3 others; asked for by app/Cargo.lock`.
  @Override
  public String toString() {
    if (holders.isEmpty()) {
      return "handed out to nobody";
    }
    List<String> named =
        holders.stream()
            .limit(MAX_NAMED)
            .map(
                h ->
                    (h.token().equals("-") ? "" : h.token() + " from ")
                        + h.address()
                        + " ("
                        + (h.first().equals(h.last()) ? h.first() : h.first() + " to " + h.last())
                        + ")")
            .toList();
    int others = holders.size() + more - named.size();
    return "handed out to "
        + String.join(", ", named)
        + (others == 0 ? "" : " and " + others + (others == 1 ? " other" : " others"))
        + (lockfiles.isEmpty() ? "" : "; asked for by " + String.join(", ", lockfiles));
  }
}
