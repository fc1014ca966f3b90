package lazaret.vetting.inspect.source;

import java.util.List;

/// A file that a source pulls in.
///
/// @param kind the way in which it is pulled in
/// @param candidates the possible locations, as paths below the crate's folder, most likely first;
///   more than one if the location depends on the role of the source in its crate. An empty one or
///   one that ends with a slash is a folder and means any of its modules
/// @param line the line, from 1
public record SourceReference(Kind kind, List<String> candidates, int line) {
  /// The ways in which a file is pulled in.
  public enum Kind {
    /// Rust source: `mod name;`, `#[path]`, `include!`.
    SOURCE,
    /// Rust source, in tests only.
    TEST_SOURCE,
    /// Rust source, by a path that the source names itself: `#[path]`, `include!`.
    NAMED_SOURCE,
    /// Data: `include_str!`, `include_bytes!`.
    DATA,
    /// Data, in tests only.
    TEST_DATA,
    /// A text that looks like its path, outside of tests.
    MENTION,
    /// A text in a test that looks like its path.
    TEST_MENTION
  }

  /// Copies the list.
  public SourceReference {
    candidates = List.copyOf(candidates);
  }

  /// Returns whether the reference can mean a file.
  ///
  /// @param tests whether references of tests count
  public boolean names(String path, boolean tests) {
    boolean counts =
        switch (kind) {
          case SOURCE, NAMED_SOURCE, DATA, MENTION -> true;
          case TEST_SOURCE, TEST_DATA, TEST_MENTION -> tests;
        };
    return counts && candidates.contains(path);
  }
}
