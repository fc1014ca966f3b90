package lazaret.vetting.deskapi.diff;

import java.util.List;

/// A row of a difference. Line numbers begin at 1.
public sealed interface DiffLineInfo {
  /// A line of both versions.
  ///
  /// @param oldLine the line of the base
  /// @param newLine the line of the reviewed version
  /// @param parts the content
  /// @param unended whether the file ends after it without a line feed
  record Equal(int oldLine, int newLine, List<DiffPartInfo> parts, boolean unended)
      implements DiffLineInfo {
    public Equal {
      parts = List.copyOf(parts);
    }
  }

  /// A line of the base alone.
  ///
  /// @param oldLine the line of the base
  /// @param paired the similar line of the reviewed version; 0 if there is none
  /// @param parts the content
  /// @param unended whether the file ends after it without a line feed
  record Removed(int oldLine, int paired, List<DiffPartInfo> parts, boolean unended)
      implements DiffLineInfo {
    public Removed {
      parts = List.copyOf(parts);
    }
  }

  /// A line of the reviewed version alone.
  ///
  /// @param newLine the line of the reviewed version
  /// @param paired the similar line of the base; 0 if there is none
  /// @param parts the content
  /// @param unended whether the file ends after it without a line feed
  record Added(int newLine, int paired, List<DiffPartInfo> parts, boolean unended)
      implements DiffLineInfo {
    public Added {
      parts = List.copyOf(parts);
    }
  }

  /// A block of equal lines at another place of the file.
  ///
  /// @param oldLine the first line of the base
  /// @param newLine the first line of the reviewed version
  /// @param count the number of lines
  record Moved(int oldLine, int newLine, int count) implements DiffLineInfo {}
}
