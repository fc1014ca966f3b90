package lazaret.vetting.inspect.source;

/// The number of occurrences of capabilities that the scan of one crate keeps in addition to the
/// first few of each source. An inspection has none. Not thread-safe: it belongs to one scan.
public final class OccurrenceBudget {
  private final int perSource;
  private int left;

  private OccurrenceBudget(int perSource, int perCrate) {
    this.perSource = perSource;
    this.left = perCrate;
  }

  /// Returns a budget without further occurrences.
  public static OccurrenceBudget none() {
    return new OccurrenceBudget(0, 0);
  }

  /// Returns a budget for the places of one crate.
  ///
  /// @param perSource the maximum number of occurrences of one capability in one source
  /// @param perCrate the maximum number of further occurrences in all sources together
  /// @throws IllegalArgumentException if a number is not positive
  public static OccurrenceBudget of(int perSource, int perCrate) {
    if (perSource < 1 || perCrate < 1) {
      throw new IllegalArgumentException(
          "expected positive numbers of occurrences, found %d and %d"
              .formatted(perSource, perCrate));
    }
    return new OccurrenceBudget(perSource, perCrate);
  }

  /// Returns whether the scan keeps more than the first few occurrences.
  public boolean keepsMore() {
    return perSource > 0;
  }

  /// Takes one occurrence from the budget.
  ///
  /// @param count the number of this occurrence of its capability in its source, from 1
  /// @return whether it must be kept
  boolean take(int count) {
    if (count > perSource || left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
