package lazaret.vetting.gate.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lazaret.vetting.crates.Sha256;

/// A lockfile that a client submitted for a check.
///
/// @param digest the SHA-256 of its text
/// @param packages its packages from the registry: collision key, a space, exact version text;
///   sorted
/// @param count the senders and times, latest last; at most [#MAX_SIGHTINGS]
public record SeenLockfile(Sha256 digest, List<String> packages, List<Sighting> count) {
  /// The maximum number of lockfiles that are kept.
  public static final int MAX_KEPT = 10_000;

  /// The maximum number of packages that are kept of one lockfile.
  public static final int MAX_PACKAGES = 20_000;

  /// The maximum number of sightings that are kept of one lockfile.
  public static final int MAX_SIGHTINGS = 16;

  /// The maximum length of a name, in characters.
  public static final int MAX_NAME = 120;

  /// Copies the lists.
  public SeenLockfile {
    packages = List.copyOf(packages);
    count = List.copyOf(count);
  }

  /// The sender of a lockfile, with the times.
  ///
  /// @param name the sender's name for it; `-` if none was given
  /// @param token the name of the token; `-` if none was needed
  /// @param address the IP address
  /// @param first the moment of the first submission under this name by this sender
  /// @param last the moment of the last one
  public record Sighting(String name, String token, String address, Instant first, Instant last) {
    private boolean same(Sighting other) {
      return name.equals(other.name) && token.equals(other.token) && address.equals(other.address);
    }

    private Sighting and(Sighting other) {
      return new Sighting(
          name,
          token,
          address,
          first.isBefore(other.first) ? first : other.first,
          last.isAfter(other.last) ? last : other.last);
    }
  }

  /// Returns the moment of the last submission.
  public Instant last() {
    return count.getLast().last();
  }

  /// Returns this record combined with another one of the same lockfile.
  public SeenLockfile and(SeenLockfile later) {
    List<Sighting> all = new ArrayList<>(count);
    for (Sighting sighting : later.count) {
      Sighting merged = sighting;
      for (Sighting known : List.copyOf(all)) {
        if (known.same(sighting)) {
          all.remove(known);
          merged = known.and(sighting);
        }
      }
      all.add(merged);
    }
    all.sort(Comparator.comparing(Sighting::last));
    int from = Math.max(0, all.size() - MAX_SIGHTINGS);
    return new SeenLockfile(digest, packages, all.subList(from, all.size()));
  }
}
