package lazaret.web.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts that all pages have: head, bar, keys and foot.
///
/// @param title the title of the document
/// @param page the name of the page for the style sheet: `queue`, `version`
/// @param files the addresses of style sheet, script and mark
/// @param choices the choices of the person
/// @param person the name of the person; null for a visitor who did not sign in
/// @param place the path of the current entry of the bar; empty if there is none
/// @param bar the counts and the state in the bar
/// @param foot the name and version of the gate, and its host
public record PageFrame(
    String title,
    String page,
    Files files,
    Choices choices,
    @Nullable String person,
    String place,
    BarState bar,
    String foot) {
  /// The addresses of the files of a page.
  public record Files(String style, String script, String mark) {}

  /// The choices of the person.
  ///
  /// @param theme `light` or `dark`; null for the setting of the system
  /// @param keys whether the keys act
  public record Choices(@Nullable String theme, boolean keys) {
    /// The choices of a person who made none.
    public static final Choices NONE = new Choices(null, true);
  }

  /// The counts and the state in the bar.
  ///
  /// @param waiting the versions that need a decision, as text; null if the person may not see them
  /// @param state the state of the gate in one or two words
  /// @param level `good`, `warn` or `bad`
  public record BarState(@Nullable String waiting, String state, String level) {}

  /// An entry of the bar.
  ///
  /// @param path the address
  /// @param label the words
  public record Place(String path, String label) {}

  private static final List<Place> WIDE =
      List.of(
          new Place("/desk/crates", "Crates"),
          new Place("/desk/inventory", "Inventory"),
          new Place("/desk/expiring", "Expiring"));

  private static final List<Place> MORE =
      List.of(
          new Place("/desk/feeds", "Feeds and audits"),
          new Place("/desk/policy", "Policy"),
          new Place("/desk/private", "Private crates"),
          new Place("/desk/bundles", "Bundles and snapshots"),
          new Place("/desk/git-sources", "Git sources"),
          new Place("/desk/toolchains", "Toolchains"),
          new Place("/desk/people", "People and tokens"),
          new Place("/desk/status", "Status"));

  /// Returns the entries that move into the menu on a narrow screen.
  public List<Place> widePlaces() {
    return WIDE;
  }

  /// Returns the entries of the menu.
  public List<Place> morePlaces() {
    return MORE;
  }

  /// Returns the value of `aria-current` for an entry of the bar; null if it is not the current
  /// one.
  public @Nullable String current(String path) {
    return path.equals(place) ? "page" : null;
  }

  /// Returns the value of `data-keys`.
  public String keysState() {
    return choices.keys() ? "on" : "off";
  }
}
