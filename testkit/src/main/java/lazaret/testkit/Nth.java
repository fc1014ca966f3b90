package lazaret.testkit;

/// The numbers of the matching requests that a fault applies to, counted from 1 since it was
/// scripted.
///
/// @param first first number
/// @param last last number
public record Nth(int first, int last) {
  /// Every request.
  public static final Nth ALL = new Nth(1, Integer.MAX_VALUE);

  /// Returns the first `count` requests.
  public static Nth first(int count) {
    return new Nth(1, count);
  }

  /// Returns a single request.
  public static Nth only(int number) {
    return new Nth(number, number);
  }

  /// Returns all requests from a number on.
  public static Nth from(int number) {
    return new Nth(number, Integer.MAX_VALUE);
  }

  boolean hits(int number) {
    return first <= number && number <= last;
  }
}
