package lazaret.vetting.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lazaret.vetting.crates.Sha256;

/// A lockfile that somebody held against the gate.
///
/// @param digest SHA-256 of its text
/// @param packages what it holds of the registry: collision key, a space, exact version text;
///   sorted
/// @param sightings who sent it and when, the latest last; at most [#MAX_SIGHTINGS]
public record SeenLockfile(Sha256 digest, List<String> packages, List<Sighting> sightings) {
  /// How many lockfiles are kept.
  public static final int MAX_KEPT = 10_000;

  /// How many packages of one are kept.
  public static final int MAX_PACKAGES = 20_000;

  /// How many sightings of one are kept.
  public static final int MAX_SIGHTINGS = 16;

  /// The longest name that is kept, in characters.
  public static final int MAX_NAME = 120;

  /// Copies the lists.
  public SeenLockfile {
    packages = List.copyOf(packages);
    sightings = List.copyOf(sightings);
  }

  /// Who sent a lockfile.
  ///
  /// @param name what the sender calls it; `-` where no name was given
  /// @param token the name of the token, `-` where none was needed
  /// @param address the IP address
  /// @param first when it first came so
  /// @param last when it last came so
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

  /// Returns when it was last sent.
  public Instant last() {
    return sightings.getLast().last();
  }

  /// Returns this lockfile with what is known of the same one from another time.
  public SeenLockfile and(SeenLockfile later) {
    List<Sighting> all = new ArrayList<>(sightings);
    for (Sighting sighting : later.sightings) {
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
