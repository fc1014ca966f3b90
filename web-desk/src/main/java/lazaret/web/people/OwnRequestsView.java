package lazaret.web.people;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.deskapi.requests.OwnRequestInfo;
import lazaret.web.page.PageQuery;
import lazaret.web.page.RowPosition;
import org.jspecify.annotations.Nullable;

/// The content of the page with the requests of the reader.
///
/// @param rows the requests of this part, the latest change first
/// @param place the place of the rows
/// @param tabs the tabs
/// @param asked the number of all requests
/// @param waiting the number of requests that wait
public record OwnRequestsView(
    List<OwnRequestView> rows, RowPosition place, List<Tab> tabs, int asked, int waiting) {
  /// The path of the page.
  static final String PATH = "/desk/people/me/requests";

  /// The maximum number of rows of a part.
  static final int ROWS = 50;

  public OwnRequestsView {
    rows = List.copyOf(rows);
    tabs = List.copyOf(tabs);
  }

  /// A tab.
  ///
  /// @param label the words
  /// @param count the number of requests
  /// @param address the address
  /// @param current `page` if it is the current one, else null
  public record Tab(String label, int count, String address, @Nullable String current) {}

  /// Returns the view of all requests.
  ///
  /// @param only the code of a state; another text for all
  /// @param from the number of rows before those of the page as typed; null for 0
  static OwnRequestsView of(List<OwnRequestInfo> all, String only, @Nullable String from) {
    OwnRequestInfo.State state = state(only);
    List<OwnRequestInfo> shown = select(all, state);
    RowPosition place = RowPosition.of(from, shown.size(), ROWS, address(state));
    List<Tab> tabs = new ArrayList<>();
    tabs.add(tab(all, null, state));
    for (OwnRequestInfo.State each : OwnRequestInfo.State.values()) {
      tabs.add(tab(all, each, state));
    }
    return new OwnRequestsView(
        place.of(shown).stream().map(OwnRequestView::new).toList(),
        place,
        tabs,
        all.size(),
        select(all, OwnRequestInfo.State.WAITING).size());
  }

  private static OwnRequestInfo.@Nullable State state(String code) {
    for (OwnRequestInfo.State each : OwnRequestInfo.State.values()) {
      if (code(each).equals(code)) {
        return each;
      }
    }
    return null;
  }

  private static String code(OwnRequestInfo.State state) {
    return switch (state) {
      case WAITING -> "waiting";
      case SERVED -> "served";
      case DENIED -> "denied";
      case CLOSED -> "closed";
    };
  }

  private static String label(OwnRequestInfo.@Nullable State state) {
    if (state == null) {
      return "All";
    }
    return switch (state) {
      case WAITING -> "Waiting";
      case SERVED -> "Served";
      case DENIED -> "Denied";
      case CLOSED -> "Closed";
    };
  }

  private static List<OwnRequestInfo> select(
      List<OwnRequestInfo> all, OwnRequestInfo.@Nullable State state) {
    return all.stream().filter(each -> state == null || each.state() == state).toList();
  }

  private static PageQuery address(OwnRequestInfo.@Nullable State state) {
    return PageQuery.of(PATH).with("only", state == null ? "" : code(state));
  }

  private static Tab tab(
      List<OwnRequestInfo> all,
      OwnRequestInfo.@Nullable State state,
      OwnRequestInfo.@Nullable State current) {
    return new Tab(
        label(state),
        select(all, state).size(),
        address(state).toString(),
        state == current ? "page" : null);
  }

  /// Returns the address of the feed with the same requests.
  public String feed() {
    return OwnRequestsPage.FEED;
  }
}
