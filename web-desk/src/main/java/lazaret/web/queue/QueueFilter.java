package lazaret.web.queue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest;
import lazaret.vetting.text.KebabCase;
import lazaret.web.FormFields;
import org.jspecify.annotations.Nullable;

/// The filter of the queue, as the address of the page has it.
///
/// @param tab the part of the queue
/// @param reason the code of a reason; null for all
/// @param role the role of content; null for all
/// @param to the person to whom the request is assigned; `-` for none; null for all
/// @param crate the pattern of the crate; null for all
/// @param sort the order
/// @param after the place at which the page begins; null for the first page
public record QueueFilter(
    QueueGroupsRequest.Tab tab,
    @Nullable String reason,
    QueueGroupsRequest.@Nullable Role role,
    @Nullable String to,
    @Nullable String crate,
    QueueGroupsRequest.Sort sort,
    @Nullable String after) {
  private static final int ROWS = 50;

  /// Reads the fields of a query. A value that is not known counts as absent.
  static QueueFilter of(FormFields query) {
    return new QueueFilter(
        word(QueueGroupsRequest.Tab.class, query, "tab", QueueGroupsRequest.Tab.DECISION),
        query.text("reason").orElse(null),
        query
            .text("role")
            .flatMap(w -> KebabCase.parse(QueueGroupsRequest.Role.class, w))
            .orElse(null),
        query.text("to").orElse(null),
        query.text("crate").orElse(null),
        word(QueueGroupsRequest.Sort.class, query, "sort", QueueGroupsRequest.Sort.LEAST_READING),
        query.text("after").orElse(null));
  }

  private static <E extends Enum<E>> E word(
      Class<E> type, FormFields query, String field, E fallback) {
    return query.text(field).flatMap(word -> KebabCase.parse(type, word)).orElse(fallback);
  }

  /// Returns the request of the desk API.
  QueueGroupsRequest request() {
    return new QueueGroupsRequest(tab, reason, role, to, crate, sort, after, ROWS);
  }

  /// Returns whether this is the filter of a part of the queue.
  public boolean isOn(QueueGroupsRequest.Tab other) {
    return tab == other;
  }

  /// Returns the value of `aria-current` for the link of a part; null for other parts.
  public @Nullable String current(QueueGroupsRequest.Tab other) {
    return isOn(other) ? "page" : null;
  }

  /// Returns the code of the part for the form.
  public String tabCode() {
    return KebabCase.of(tab);
  }

  /// Returns the code of the order for the form.
  public String sortCode() {
    return KebabCase.of(sort);
  }

  /// Returns the code of the role for the form; empty for all.
  public String roleCode() {
    return role == null ? "" : KebabCase.of(role);
  }

  /// Returns the query of another part of the queue with this filter.
  public String tab(QueueGroupsRequest.Tab other) {
    return new QueueFilter(other, reason, role, to, crate, sort, null).address(null);
  }

  /// Returns whether requests of the part are left out.
  public boolean isActive() {
    return reason != null || role != null || to != null || crate != null;
  }

  /// Returns the query of the first page with this filter.
  public String first() {
    return address(null);
  }

  /// Returns the query of the next page with this filter.
  ///
  /// @param next the place at which it begins
  public String page(String next) {
    return address(next);
  }

  /// Returns the filter without a reason, which is the only field that the desk API may refuse.
  QueueFilter withoutReason() {
    return new QueueFilter(tab, null, role, to, crate, sort, after);
  }

  private String address(@Nullable String next) {
    List<String> pairs = new ArrayList<>();
    add(pairs, "tab", tabCode());
    add(pairs, "reason", reason);
    add(pairs, "role", roleCode());
    add(pairs, "to", to);
    add(pairs, "crate", crate);
    add(pairs, "sort", sortCode());
    add(pairs, "after", next);
    return "?" + String.join("&", pairs);
  }

  private static void add(List<String> pairs, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }
}
