package lazaret.vetting.inspect.rust;

import java.util.Arrays;
import java.util.List;

/// A sketch of the sources of a crate: the smallest hashes of their statements.
///
/// It compares two crates without both at hand (bottom-k sketches, Broder 1997). Names of crates,
/// comments, spaces and the content of literals make no difference. Immutable.
///
/// @param hashes the smallest hashes, ascending, each once, at most [#SIZE]
public record MinHashSketch(List<Integer> hashes) {
  /// The number of hashes that are kept, with which the likeness is accurate to about 0.05.
  public static final int SIZE = 64;

  /// The sketch of no sources.
  public static final MinHashSketch NONE = new MinHashSketch(List.of());

  /// Copies the list.
  public MinHashSketch {
    hashes = List.copyOf(hashes);
  }

  /// Returns the proportion of statements of both crates that are in both, from 0 to 1 (Jaccard). 0
  /// if one of them has too few statements.
  public double likeness(MinHashSketch other) {
    if (hashes.size() < SIZE || other.hashes().size() < SIZE) {
      return 0;
    }
    int same = 0;
    int mine = 0;
    int theirs = 0;
    for (int taken = 0; taken < SIZE; taken++) {
      int order = Integer.compare(hashes.get(mine), other.hashes().get(theirs));
      same += order == 0 ? 1 : 0;
      mine += order <= 0 ? 1 : 0;
      theirs += order >= 0 ? 1 : 0;
    }
    return (double) same / SIZE;
  }

  /// A collector of the smallest hashes. Not thread-safe.
  public static final class Builder {
    private final int[] smallest = new int[SIZE];
    private int size;

    /// Creates an empty collector.
    public Builder() {}

    void clear() {
      size = 0;
    }

    void add(int hash) {
      if (size == SIZE && hash >= smallest[SIZE - 1]) {
        return;
      }
      int at = Arrays.binarySearch(smallest, 0, size, hash);
      if (at >= 0) {
        return;
      }
      int place = -at - 1;
      int moved = Math.min(size, SIZE - 1) - place;
      System.arraycopy(smallest, place, smallest, place + 1, moved);
      smallest[place] = hash;
      size = Math.min(size + 1, SIZE);
    }

    /// Adds the smallest hashes of a source.
    public void add(RustTokens tokens) {
      Builder other = tokens.statements();
      for (int i = 0; i < other.size; i++) {
        add(other.smallest[i]);
      }
    }

    /// Returns the collected sketch.
    public MinHashSketch sketch() {
      return new MinHashSketch(Arrays.stream(smallest, 0, size).boxed().toList());
    }
  }
}
