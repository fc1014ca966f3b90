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
    DATA
  }

  /// Copies the list.
  public Reference {
    candidates = List.copyOf(candidates);
  }
}
