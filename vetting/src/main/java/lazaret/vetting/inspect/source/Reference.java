package lazaret.vetting.inspect.source;

import java.util.List;

/// A file that a source pulls in.
///
/// @param kind how
/// @param candidates where it may lie, as paths below the crate's folder, most likely first; more
///   than one where that depends on what the source is to its crate
/// @param line from 1
public record Reference(Kind kind, List<String> candidates, int line) {
  /// How a file is pulled in.
  public enum Kind {
    /// As Rust: `mod name;`, `#[path]`, `include!`.
    SOURCE,
    /// As Rust, in tests only.
    TEST_SOURCE,
    /// As Rust, by a path that the source names itself: `#[path]`, `include!`.
    NAMED_SOURCE,
    /// As data: `include_str!`, `include_bytes!`.
    DATA,
    /// Not at all: a text that looks like its path, outside of tests.
    MENTION
  }

  /// Copies the list.
  public Reference {
    candidates = List.copyOf(candidates);
  }

  /// Tells whether it can mean a file, for something else than a test.
  public boolean names(String path) {
    return kind != Kind.TEST_SOURCE && candidates.contains(path);
  }
}
