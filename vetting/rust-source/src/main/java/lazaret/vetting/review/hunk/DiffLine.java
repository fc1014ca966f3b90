package lazaret.vetting.review.hunk;

import java.util.List;

/// A row of a displayed difference. Line numbers begin at 1.
public sealed interface DiffLine {
  /// A line of both texts, as context.
  ///
  /// @param oldLine the line of the old text
  /// @param newLine the line of the new text
  /// @param parts the content
  record Equal(int oldLine, int newLine, List<LinePart> parts) implements DiffLine {
    /// Copies the list.
    public Equal {
      parts = List.copyOf(parts);
    }
  }

  /// A line of the old text alone.
  ///
  /// @param oldLine the line of the old text
  /// @param paired the similar line of the new text; 0 if there is none
  /// @param parts the content
  record Removed(int oldLine, int paired, List<LinePart> parts) implements DiffLine {
    /// Copies the list.
    public Removed {
      parts = List.copyOf(parts);
    }
  }

  /// A line of the new text alone.
  ///
  /// @param newLine the line of the new text
  /// @param paired the similar line of the old text; 0 if there is none
  /// @param parts the content
  record Added(int newLine, int paired, List<LinePart> parts) implements DiffLine {
    /// Copies the list.
    public Added {
      parts = List.copyOf(parts);
    }
  }

  /// A block of equal lines at another place. The row is at the place in the new text; there is
  /// none at the place in the old text.
  ///
  /// @param oldLine the first line in the old text
  /// @param newLine the first line in the new text
  /// @param count the number of lines
  record Moved(int oldLine, int newLine, int count) implements DiffLine {}
}
