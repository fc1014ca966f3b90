package lazaret.sandbox.relay;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The object of a request to the gate, in its public registry or below `/private` in its private
/// one. A crate belongs to one registry, and the gate answers for the other one that it does not
/// exist. Each path has exactly one spelling, so it cannot carry other information: no query, no
/// percent encoding, no dot segments, no upper case in index paths.
///
/// Source: Cargo reference, *Registry Index*, *Index files*; the gate's `dl` template.
sealed interface RegistryPath {
  /// The largest length of a path in characters: a name, a version and a checksum.
  int MAX_LENGTH = 512;

  /// The prefix of the private registry.
  String PRIVATE = "/private";

  /// The file `/index/config.json` of a registry, which the relay serves itself.
  ///
  /// @param prefix empty for the public registry, or [#PRIVATE]
  record Config(String prefix) implements RegistryPath {}

  /// The index file of a crate.
  ///
  /// @param name the name of the crate in lower case
  record IndexFile(String name) implements RegistryPath {}

  /// A `.crate` file.
  ///
  /// @param id the crate, version and checksum
  record Artifact(LockedArtifact id) implements RegistryPath {}

  /// Parses the target of a request.
  ///
  /// @return the path, or empty if the target is not a path of this form
  static Optional<RegistryPath> of(String target) {
    if (target.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return target.startsWith(PRIVATE + "/")
        ? of(target.substring(PRIVATE.length()), PRIVATE)
        : of(target, "");
  }

  private static Optional<RegistryPath> of(String target, String prefix) {
    if (target.equals("/index/config.json")) {
      return Optional.of(new Config(prefix));
    }
    Matcher artifact = Forms.ARTIFACT.matcher(target);
    if (artifact.matches()) {
      return Optional.of(
          new Artifact(
              new LockedArtifact(
                  artifact.group("name"), artifact.group("version"), artifact.group("sha256"))));
    }
    String name = target.substring(target.lastIndexOf('/') + 1);
    // The path is composed again and compared as a whole, so that no other spelling is accepted.
    return Forms.INDEX_NAME.matcher(name).matches() && target.equals(indexTarget(name))
        ? Optional.of(new IndexFile(name))
        : Optional.empty();
  }

  /// Returns whether a scope contains this path.
  default boolean isWithin(RelayScope scope) {
    return switch (scope) {
      case RelayScope.Resolution() -> true;
      case RelayScope.Closure(Set<String> names, Set<LockedArtifact> artifacts) ->
          switch (this) {
            case Config _ -> true;
            case IndexFile(String name) -> names.contains(name);
            case Artifact(LockedArtifact id) -> artifacts.contains(id);
          };
    };
  }

  /// Returns a description of the object for people.
  default String words() {
    return switch (this) {
      case Config _ -> "the configuration of the registry";
      case IndexFile(String name) -> "the index file of " + name;
      case Artifact(LockedArtifact id) -> id.name() + " " + id.version();
    };
  }

  /// Returns the request target of the index file of a crate.
  ///
  /// @param name the name of the crate in lower case
  private static String indexTarget(String name) {
    String folder =
        switch (name.length()) {
          case 1 -> "1";
          case 2 -> "2";
          case 3 -> "3/" + name.charAt(0);
          default -> name.substring(0, 2) + "/" + name.substring(2, 4);
        };
    return "/index/" + folder + "/" + name;
  }

  /// The spellings of names, versions and checksums.
  final class Forms {
    private static final Pattern INDEX_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Pattern ARTIFACT =
        Pattern.compile(
            "/dl/(?<name>[A-Za-z][A-Za-z0-9_-]{0,63})"
                + "/(?<version>[0-9]{1,20}\\.[0-9]{1,20}\\.[0-9]{1,20}[0-9A-Za-z.+-]{0,200})"
                + "/(?<sha256>[0-9a-f]{64})");

    private Forms() {}
  }
}
