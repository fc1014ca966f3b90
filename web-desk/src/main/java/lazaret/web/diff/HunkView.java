package lazaret.web.diff;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A hunk on a page, or a piece of a long one.
///
/// @param id the id
/// @param place the lines as a clause: `Lines 355-376`
/// @param changed the number of changed lines
/// @param role the code of the role if the lines must be read; null otherwise
/// @param done whether the visitor has read it
/// @param marks whether the visitor may mark it as read
/// @param cut whether lines to read are cut, which the page of the file shows as a whole
/// @param context the link to the equal lines in front of it; null if there are none
/// @param note the link to the form of a note; null if the visitor may not add one
/// @param rows the rows
public record HunkView(
    String id,
    String place,
    long changed,
    @Nullable String role,
    boolean done,
    boolean marks,
    boolean cut,
    @Nullable PartLink context,
    @Nullable PartLink note,
    List<RowView> rows) {
  public HunkView {
    rows = List.copyOf(rows);
  }

  /// A link that brings a part of a page.
  ///
  /// @param page the address of the page with the part
  /// @param part the address of the part
  /// @param words the words
  public record PartLink(String page, String part, String words) {}

  /// Returns the lines as a clause inside a sentence: `lines 355-376`.
  public String words() {
    return place.substring(0, 1).toLowerCase(Locale.ROOT) + place.substring(1);
  }

  /// Returns the name of the field that the button sends.
  public String field() {
    return done ? "unseen" : "seen";
  }
}
