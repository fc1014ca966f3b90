package lazaret.vetting.inspect.source;

import java.util.List;

/// A file that a source pulls in.
///
/// @param kind how
/// @param candidates where it may lie, as paths below the crate's folder, most likely first; more
///   than one where that depends on what the source is to its crate. One that is empty or ends with
///   a slash is a folder, any module of which may be meant
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
    /// As data, in tests only.
    TEST_DATA,
    /// Not at all: a text that looks like its path, outside of tests.
    MENTION,
    /// Not at all: a text in a test that looks like its path.
    TEST_MENTION
  }

  /// Copies the list.
  public Reference {
    candidates = List.copyOf(candidates);
  }

  /// Returns whether it can mean a file.
  ///
  /// @param tests whether what tests pull in counts
  public boolean names(String path, boolean tests) {
    boolean counts =
        switch (kind) {
          case SOURCE, NAMED_SOURCE, DATA, MENTION -> true;
          case TEST_SOURCE, TEST_DATA, TEST_MENTION -> tests;
        };
    return counts && candidates.contains(path);
  }
}
