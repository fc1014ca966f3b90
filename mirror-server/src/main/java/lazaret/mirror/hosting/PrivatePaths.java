package lazaret.mirror.hosting;

import java.util.List;
import java.util.Optional;

/// The paths of the web API below the private registry.
///
/// Source: Cargo reference, *Registry Web API*.
final class PrivatePaths {
  /// The beginning of all paths of the web API, after that of the registry.
  static final String API = "api/v1/";

  private static final String CRATES = "crates";

  private PrivatePaths() {}

  /// The subject of a path.
  sealed interface Named {
    /// The list of crates, which is searched.
    record Search() implements Named {}

    /// The upload of a version.
    record Publish() implements Named {}

    /// The owners of a crate.
    record Owners(String crate) implements Named {}

    /// The yank of a version.
    ///
    /// @param yanked false for the undoing of a yank
    record Yank(String crate, String version, boolean yanked) implements Named {}
  }

  /// Reads a path.
  ///
  /// @param path the rest after [#API]
  static Optional<Named> named(String path) {
    List<String> parts = List.of(path.split("/", -1));
    if (!parts.getFirst().equals(CRATES)) {
      return Optional.empty();
    }
    String last = parts.getLast();
    return switch (parts.size()) {
      case 1 -> Optional.of(new Named.Search());
      case 2 -> last.equals("new") ? Optional.of(new Named.Publish()) : Optional.empty();
      case 3 ->
          last.equals("owners") ? Optional.of(new Named.Owners(parts.get(1))) : Optional.empty();
      case 4 ->
          last.equals("yank") || last.equals("unyank")
              ? Optional.of(
                  new Named.Yank(parts.get(1), version(parts.get(2)), last.equals("yank")))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /// Some clients encode the plus sign of build metadata.
  private static String version(String part) {
    return part.replace("%2B", "+").replace("%2b", "+");
  }
}
