package lazaret.web.diff;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of a table of code.
public sealed interface RowView {
  /// A line of the unified view.
  ///
  /// @param style the class of the row: `add`, `del`; null for an equal line
  /// @param id the id; null for a line of the base alone
  /// @param was the number in the base; empty if there is none
  /// @param now the number in the reviewed version; empty if there is none
  /// @param sign `+`, `-`; empty for an equal line
  /// @param code the text
  record Line(
      @Nullable String style,
      @Nullable String id,
      String was,
      String now,
      String sign,
      List<CodeRunView> code)
      implements RowView {
    public Line {
      code = List.copyOf(code);
    }
  }

  /// Two lines next to each other.
  ///
  /// @param id the id; null for a line of the base alone
  /// @param before the line of the base
  /// @param after the line of the reviewed version
  record Pair(@Nullable String id, Half before, Half after) implements RowView {}

  /// One side of two lines.
  ///
  /// @param style the class of both cells: `del`, `add`, `none`; empty for an equal line
  /// @param number the number of the line; empty if there is none
  /// @param code the text
  record Half(String style, String number, List<CodeRunView> code) {
    /// The side without a line.
    static final Half NONE = new Half("none", "", List.of());

    public Half {
      code = List.copyOf(code);
    }

    /// Returns the words for screen readers in front of the text; empty for an equal line.
    public String words() {
      return switch (style) {
        case "add" -> "added ";
        case "del" -> "removed ";
        default -> "";
      };
    }

    /// Returns the classes of a cell: its own, and that of the side if it has one.
    ///
    /// @param own the class of the cell
    public String with(String own) {
      return style.isEmpty() ? own : own + " " + style;
    }
  }

  /// A block of lines at another place of the file.
  ///
  /// @param was the first line in the base
  /// @param now the first line in the reviewed version
  /// @param words the description
  record Moved(String was, String now, String words) implements RowView {}

  /// A finding in front of its line.
  ///
  /// @param id the id
  /// @param kind the kind of the finding
  /// @param text the finding, a foreign text
  /// @param code the code; empty if there is none
  record Finding(String id, String kind, String text, String code) implements RowView {}

  /// The content of a file without lines.
  ///
  /// @param content the content
  record Unreadable(FileView.ContentView content) implements RowView {}

  /// A note of a person.
  ///
  /// @param number the number of the note
  /// @param person the author
  /// @param line the line of the reviewed version, from 1
  /// @param at the time
  /// @param text the text, a foreign text
  /// @param remove the address of the form that removes it; empty if the visitor may not
  record Note(int number, String person, int line, Instant at, String text, String remove)
      implements RowView {}

  /// The form of a note.
  ///
  /// @param hunk the id of the hunk
  /// @param address the address to which it is sent
  /// @param draft the address to which drafts are sent
  /// @param base the base that is compared
  /// @param from the position at which the page begins
  /// @param then the versions to review afterwards; empty if there are none
  /// @param line the line that is typed
  /// @param text the text that is typed
  /// @param mistake the mistake; empty if there is none
  record NoteForm(
      String hunk,
      String address,
      String draft,
      String base,
      String from,
      String then,
      String line,
      String text,
      String mistake)
      implements RowView {}
}
