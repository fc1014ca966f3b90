package lazaret.testkit;

/// Which of the requests that match a pattern a fault hits, counted from 1 since it was scripted.
///
/// @param first the first one that is hit
/// @param last the last one that is hit
public record Nth(int first, int last) {
  /// Every request.
  public static final Nth ALL = new Nth(1, Integer.MAX_VALUE);

  /// Only the first `count` requests.
  public static Nth first(int count) {
    return new Nth(1, count);
  }

  /// Only one request.
  public static Nth only(int number) {
    return new Nth(number, number);
  }

  /// Every request from one on.
  public static Nth from(int number) {
    return new Nth(number, Integer.MAX_VALUE);
  }

  boolean hits(int number) {
    return first <= number && number <= last;
  }
}
