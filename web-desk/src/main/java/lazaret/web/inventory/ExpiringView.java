package lazaret.web.inventory;

import java.util.List;
import lazaret.vetting.deskapi.decisions.ExpiringDecisionInfo;
import lazaret.web.page.PageQuery;
import lazaret.web.page.RowPosition;
import org.jspecify.annotations.Nullable;

/// The content of the page about approvals and exemptions that expire.
///
/// @param rows the decisions of this part, the soonest end first
/// @param place the place of the rows
/// @param tabs the tabs
/// @param needed the number of decisions without which a version is withheld
public record ExpiringView(
    List<ExpiringDecisionInfo> rows, RowPosition place, List<Tab> tabs, long needed) {
  /// The path of the page.
  static final String PATH = "/desk/expiring";

  public ExpiringView {
    rows = List.copyOf(rows);
    tabs = List.copyOf(tabs);
  }

  /// A tab.
  ///
  /// @param label the words
  /// @param count the number of decisions
  /// @param address the address
  /// @param current `page` if it is the current one, else null
  public record Tab(String label, long count, String address, @Nullable String current) {}

  /// Returns the view of all decisions.
  ///
  /// @param only `needed`, `ended`, or empty for all
  /// @param from the number of rows before those of the page as typed; null for 0
  static ExpiringView of(List<ExpiringDecisionInfo> all, String only, @Nullable String from) {
    List<ExpiringDecisionInfo> shown = select(all, only);
    RowPosition place = RowPosition.of(from, shown.size(), PageQuery.of(PATH).with("only", only));
    List<Tab> tabs =
        List.of(
            tab("All", "", only, all),
            tab("Needed", "needed", only, all),
            tab("Ended", "ended", only, all));
    return new ExpiringView(place.of(shown), place, tabs, select(all, "needed").size());
  }

  private static List<ExpiringDecisionInfo> select(List<ExpiringDecisionInfo> all, String only) {
    return all.stream()
        .filter(
            each ->
                switch (only) {
                  case "needed" -> each.needed() && !each.expired();
                  case "ended" -> each.expired();
                  default -> true;
                })
        .toList();
  }

  private static Tab tab(String label, String value, String only, List<ExpiringDecisionInfo> all) {
    return new Tab(
        label,
        select(all, value).size(),
        PageQuery.of(PATH).with("only", value).toString(),
        value.equals(only) ? "page" : null);
  }

  /// Returns the word for the kind of a decision.
  public String word(ExpiringDecisionInfo row) {
    return switch (row.decision().kind()) {
      case APPROVE -> "Approval";
      case EXEMPT -> "Exemption";
      case DENY -> "Denial";
      case REVOKE -> "Revocation";
    };
  }
}
