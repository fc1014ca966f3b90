package lazaret.vetting.deskapi;

import java.util.List;
import java.util.Optional;

/// The search for the operation of an HTTP request. Thread-safe.
///
/// @param operations the operations
public record RouteTable(List<Operation<?, ?>> operations) {
  public RouteTable {
    operations = List.copyOf(operations);
  }

  /// Returns the operation of a method and a path, or empty if there is none.
  ///
  /// @param path the path as sent, not decoded
  public Optional<Match> match(String method, String path) {
    if (!path.startsWith(Operations.PREFIX + "/")) {
      return Optional.empty();
    }
    String below = path.substring(Operations.PREFIX.length());
    for (Operation<?, ?> each : operations) {
      if (each.route().method().name().equals(method)) {
        Optional<List<String>> values = each.route().values(below);
        if (values.isPresent()) {
          return Optional.of(new Match(each, values.get()));
        }
      }
    }
    return Optional.empty();
  }

  /// Returns the methods that a path has; empty if no operation has the path.
  public List<String> methods(String path) {
    return List.of("DELETE", "GET", "POST", "PUT").stream()
        .filter(method -> match(method, path).isPresent())
        .toList();
  }

  /// An operation with the values of its path.
  ///
  /// @param operation the operation
  /// @param values the values in the place of the names, as sent
  public record Match(Operation<?, ?> operation, List<String> values) {
    public Match {
      values = List.copyOf(values);
    }
  }
}
