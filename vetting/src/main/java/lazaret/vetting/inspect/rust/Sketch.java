package lazaret.vetting.inspect.rust;

import java.util.Arrays;
import java.util.List;

/// By what the sources of two crates are compared without having both at hand: the smallest hashes
/// of their statements (bottom-k sketches, Broder 1997). Names of crates, comments, spaces and what
/// literals say make no difference. Immutable.
///
/// @param hashes the smallest hashes, ascending, each once, at most [#SIZE]
public record Sketch(List<Integer> hashes) {
  /// How many hashes are kept: the likeness is right to about five parts in a hundred.
  public static final int SIZE = 64;

  /// Of no source.
  public static final Sketch NONE = new Sketch(List.of());

  /// Copies the list.
  public Sketch {
    hashes = List.copyOf(hashes);
  }

  /// Returns how many of the statements of both together are in both, from 0 to 1 (Jaccard); 0
  /// where one of them has too few to tell.
  public double likeness(Sketch other) {
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

  /// Collects the smallest of many hashes. Not thread-safe.
  public static final class Builder {
    private final int[] smallest = new int[SIZE];
    private int size;

    /// Starts with none.
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

    /// Returns what was collected.
    public Sketch sketch() {
      return new Sketch(Arrays.stream(smallest, 0, size).boxed().toList());
    }
  }
}
