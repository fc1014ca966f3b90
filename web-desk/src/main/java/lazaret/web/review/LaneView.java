package lazaret.web.review;

import java.util.List;

/// The lane of capabilities or of behavior.
///
/// @param count the count in the heading: `1 changed`, `no change`
/// @param open whether the count calls for attention
/// @param sections the statements
/// @param absentTitle the heading of what was not found
/// @param absent what was not found, as a list in words; empty if nothing can be said
/// @param notes further sentences
public record LaneView(
    String count,
    boolean open,
    List<FacetView.Section> sections,
    String absentTitle,
    String absent,
    List<String> notes) {
  public LaneView {
    sections = List.copyOf(sections);
    notes = List.copyOf(notes);
  }

  /// Returns the lane of a comparison that is not available.
  ///
  /// @param count the count in the heading
  /// @param notes the reason, one sentence each
  static LaneView without(String count, List<String> notes) {
    return new LaneView(count, false, List.of(), "", "", notes);
  }
}
