package lazaret.vetting.inspect.manifest;

import java.util.List;
import java.util.stream.Stream;

/// Files in which the targets of a crate begin.
///
/// @param build build scripts; empty where cargo runs none
/// @param code library and programs
/// @param procMacro whether the library runs in the compiler
public record CrateTargets(List<String> build, List<String> code, boolean procMacro) {
  /// Copies the lists.
  public CrateTargets {
    build = List.copyOf(build);
    code = List.copyOf(code);
  }

  /// Returns all of them.
  public Stream<String> all() {
    return Stream.concat(build.stream(), code.stream());
  }

  /// Returns whether a path lies in a folder in which library or programs begin, so that a module
  /// of theirs could be there.
  public boolean besideCode(String path) {
    return code.stream()
        .anyMatch(target -> path.startsWith(target.substring(0, target.lastIndexOf('/') + 1)));
  }
}
