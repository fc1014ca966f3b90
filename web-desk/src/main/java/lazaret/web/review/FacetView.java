package lazaret.web.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A statement in the lane of capabilities or of behavior.
///
/// @param changed whether it differs from the base
/// @param title the statement
/// @param figure the number in front of the main one: `12 to `; empty if there is none
/// @param strong the main number; empty if there is none
/// @param rest the words behind it; empty if there are none
/// @param what the object, a foreign text; empty if there is none
/// @param spots the lines that show it
/// @param note a further sentence; empty if there is none
public record FacetView(
    boolean changed,
    String title,
    String figure,
    String strong,
    String rest,
    String what,
    List<Spot> spots,
    String note) {
  public FacetView {
    spots = List.copyOf(spots);
  }

  /// A line that shows a statement.
  ///
  /// @param text the line, a foreign text; empty if the place alone is shown
  /// @param path the path of the file
  /// @param line the line, from 1
  /// @param address the address of the line
  public record Spot(String text, String path, long line, String address) {}

  /// The lines of one file that show a statement.
  ///
  /// @param path the path of the file
  /// @param spots the lines
  public record Group(String path, List<Spot> spots) {
    public Group {
      spots = List.copyOf(spots);
    }
  }

  /// Returns the lines with their text by file, in order; empty if the places alone are shown.
  public List<Group> groups() {
    Map<String, List<Spot>> groups = new LinkedHashMap<>();
    for (Spot spot : spots) {
      if (!spot.text().isEmpty()) {
        groups.computeIfAbsent(spot.path(), _ -> new ArrayList<>()).add(spot);
      }
    }
    return groups.entrySet().stream()
        .map(group -> new Group(group.getKey(), group.getValue()))
        .toList();
  }

  /// A list of statements under a heading.
  ///
  /// @param title the heading
  /// @param facets the statements
  public record Section(String title, List<FacetView> facets) {
    public Section {
      facets = List.copyOf(facets);
    }
  }
}
