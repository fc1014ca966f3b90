package lazaret.vetting.policy.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;

/// The pattern of a hijacked account (arrayref, 2026-08-20). A new version is published and two or
/// more good ones are yanked within a day, so that resolvers choose the new one.
///
/// In a wave the new version is held for review, and the yanks are not mirrored. The versions that
/// were good before stay available, so that builds continue with them.
///
/// @param yanked texts of the versions whose yank belongs to a wave
/// @param published texts of the versions published during a wave
public record YankWave(Set<String> yanked, Set<String> published) {
  /// The maximum time between a yank and a publish.
  public static final Duration WINDOW = Duration.ofHours(24);

  /// The minimum number of yanks of a wave.
  public static final int YANKS = 2;

  /// The parts of a version in a wave.
  public enum Role {
    /// None.
    NONE,
    /// It was yanked in a wave.
    YANKED,
    /// It was published during a wave.
    PUBLISHED
  }

  /// Copies the sets.
  public YankWave {
    yanked = Set.copyOf(yanked);
    published = Set.copyOf(published);
  }

  /// Returns the waves among a crate's versions.
  public static YankWave of(StoredCrate crate) {
    List<StoredLine> yanks = crate.lines().stream().filter(l -> l.yankedSince() != null).toList();
    Set<String> yanked = new HashSet<>();
    Set<String> published = new HashSet<>();
    if (yanks.size() < YANKS) {
      return new YankWave(yanked, published);
    }
    for (StoredLine line : crate.lines()) {
      List<StoredLine> near = around(line, yanks);
      if (near.size() >= YANKS) {
        published.add(line.entry().version().text());
        near.forEach(y -> yanked.add(y.entry().version().text()));
      }
    }
    return new YankWave(yanked, published);
  }

  /// A wave that has begun.
  ///
  /// @param published version published during it, the first of the index file
  /// @param yanked texts of the versions that were yanked around it, in the order of the index file
  public record Begun(StoredLine published, List<String> yanked) {
    /// Copies the list.
    public Begun {
      yanked = List.copyOf(yanked);
    }
  }

  /// Returns the wave that a response of upstream began, or empty if it began none. Further yanks
  /// or versions in an existing wave do not begin one.
  ///
  /// @param before stored crate before the response
  /// @param after stored crate with the response
  public static Optional<Begun> begun(StoredCrate before, StoredCrate after) {
    List<StoredLine> yanks = after.lines().stream().filter(l -> l.yankedSince() != null).toList();
    if (yanks.size() < YANKS) {
      return Optional.empty();
    }
    Set<String> known = of(before).yanked();
    for (StoredLine line : after.lines()) {
      List<String> near =
          around(line, yanks).stream().map(y -> y.entry().version().text()).toList();
      if (near.size() >= YANKS && Collections.disjoint(known, near)) {
        return Optional.of(new Begun(line, near));
      }
    }
    return Optional.empty();
  }

  private static List<StoredLine> around(StoredLine publish, List<StoredLine> yanks) {
    return publish.yankedSince() != null
        ? List.of()
        : yanks.stream().filter(yank -> near(yank, publish)).toList();
  }

  private static boolean near(StoredLine yank, StoredLine publish) {
    Instant at = yank.yankedSince();
    return at != null && Duration.between(publish.ageFrom(), at).abs().compareTo(WINDOW) <= 0;
  }

  /// Returns a version's part in the waves.
  public Role part(StoredLine line) {
    String version = line.entry().version().text();
    if (yanked.contains(version)) {
      return Role.YANKED;
    }
    return published.contains(version) ? Role.PUBLISHED : Role.NONE;
  }
}
