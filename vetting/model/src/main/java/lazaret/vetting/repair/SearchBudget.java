package lazaret.vetting.repair;

/// The number of steps that a search may still take. Not thread-safe.
final class SearchBudget {
  private int left;

  SearchBudget(int steps) {
    this.left = steps;
  }

  /// Takes one step, and returns whether one was left.
  boolean step() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  boolean spent() {
    return left == 0;
  }
}
