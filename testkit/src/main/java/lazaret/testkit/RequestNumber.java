package lazaret.testkit;

/// The numbers of the matching requests that a fault applies to, counted from 1 since it was
/// scripted.
///
/// @param first first number
/// @param last last number
public record RequestNumber(int first, int last) {
  /// Every request.
  public static final RequestNumber ALL = new RequestNumber(1, Integer.MAX_VALUE);

  /// Returns the first `count` requests.
  public static RequestNumber first(int count) {
    return new RequestNumber(1, count);
  }

  /// Returns a single request.
  public static RequestNumber only(int number) {
    return new RequestNumber(number, number);
  }

  /// Returns all requests from a number on.
  public static RequestNumber from(int number) {
    return new RequestNumber(number, Integer.MAX_VALUE);
  }

  /// Returns whether a request with a number is one of them.
  public boolean hits(int number) {
    return first <= number && number <= last;
  }
}
