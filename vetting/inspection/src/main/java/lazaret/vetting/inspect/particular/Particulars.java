package lazaret.vetting.inspect.particular;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The particulars of the code of one crate, each text of a kind once.
///
/// If a kind has more than [#MAX] texts, those with the smallest hashes are kept, so that two
/// releases keep the same ones. Immutable.
///
/// @param code a hash of the tokens of the code, independent of their files; 0 if there are none
/// @param all the particulars, sorted
public record Particulars(long code, List<Particular> all) {
  /// The maximum number of particulars of one kind.
  public static final int MAX = 128;

  /// The particulars of a crate that was not scanned.
  public static final Particulars NONE = new Particulars(0, List.of());

  private static final Comparator<String> BY_HASH =
      Comparator.comparingInt(Particulars::rank).thenComparing(Comparator.naturalOrder());

  /// Sorts and copies the list.
  public Particulars {
    all = all.stream().sorted().toList();
  }

  private static int rank(String text) {
    int h = (text.hashCode() ^ text.hashCode() >>> 16) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    return h ^ h >>> 16;
  }

  /// Returns whether there is a particular of a kind.
  public boolean has(ParticularKind kind) {
    return all.stream().anyMatch(one -> one.kind() == kind);
  }

  /// Returns the particulars that another release lacks. If the other has reached the maximum of a
  /// kind, those that it would not have kept are omitted: they may be old.
  public List<Particular> notIn(Particulars other) {
    Map<ParticularKind, Set<String>> known = new EnumMap<>(ParticularKind.class);
    for (Particular one : other.all) {
      known.computeIfAbsent(one.kind(), _ -> new HashSet<>()).add(one.text());
    }
    List<Particular> fresh = new ArrayList<>();
    for (Particular one : all) {
      Set<String> before = known.getOrDefault(one.kind(), Set.of());
      if (!before.contains(one.text()) && (before.size() < MAX || kept(one.text(), before))) {
        fresh.add(one);
      }
    }
    return List.copyOf(fresh);
  }

  private static boolean kept(String text, Set<String> full) {
    return full.stream().anyMatch(other -> BY_HASH.compare(text, other) < 0);
  }

  /// A collector of the particulars of the files of one crate. Not thread-safe.
  public static final class Builder {
    private final Map<ParticularKind, TreeMap<String, Particular>> kinds =
        new EnumMap<>(ParticularKind.class);
    private long code;

    /// Creates an empty collector.
    public Builder() {}

    /// Adds the tokens of a source.
    ///
    /// @param tokens a hash of the tokens; 0 for none
    public void tokens(long tokens) {
      code += tokens * 0x9E3779B97F4A7C15L;
    }

    /// Adds particulars.
    public void add(List<Particular> more) {
      for (Particular one : more) {
        TreeMap<String, Particular> kept =
            kinds.computeIfAbsent(one.kind(), _ -> new TreeMap<>(BY_HASH));
        kept.merge(one.text(), one, (a, b) -> a.compareTo(b) <= 0 ? a : b);
        if (kept.size() > MAX) {
          kept.pollLastEntry();
        }
      }
    }

    /// Returns the collected particulars.
    public Particulars particulars() {
      return new Particulars(
          code, kinds.values().stream().flatMap(m -> m.values().stream()).toList());
    }
  }
}
