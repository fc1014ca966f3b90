package lazaret.vetting.queue;

import java.util.Locale;
import java.util.stream.Stream;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest.Role;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest.Sort;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest.Tab;
import lazaret.vetting.policy.Reason;
import org.jspecify.annotations.Nullable;

/// The filters, the order and the part of the queue that a page shows.
///
/// @param tab the part of the queue
/// @param reason the code that the verdict must have; null for all
/// @param role the role that the version must have; null for all
/// @param to the assignee; empty for none; null for all
/// @param crate the pattern of collision keys, in which `*` matches any characters; null for all
/// @param sort the order of the groups
/// @param after the position before the page; null for the first page
/// @param limit the maximum number of rows, 1 to [#MAX_ROWS]
record QueueQuery(
    Tab tab,
    Reason.@Nullable Code reason,
    @Nullable Role role,
    @Nullable String to,
    @Nullable String crate,
    Sort sort,
    @Nullable QueuePosition after,
    int limit) {
  /// The maximum number of rows of a page.
  static final int MAX_ROWS = 200;

  private static final int DEFAULT_ROWS = 50;
  private static final int MAX_PATTERN = 128;
  private static final String UNASSIGNED = "-";

  /// Returns the query of a request.
  ///
  /// @throws MalformedException if a parameter has another form
  static QueueQuery of(QueueGroupsRequest request) {
    String to = request.to();
    String after = request.after();
    return new QueueQuery(
        request.tab() == null ? Tab.DECISION : request.tab(),
        reason(request.reason()),
        request.role(),
        UNASSIGNED.equals(to) ? "" : to,
        pattern(request.crate()),
        request.sort() == null ? Sort.LEAST_READING : request.sort(),
        after == null ? null : QueuePosition.parse(after),
        limit(request.limit()));
  }

  private static Reason.@Nullable Code reason(@Nullable String code) {
    return code == null
        ? null
        : Stream.of(Reason.Code.values())
            .filter(each -> each.code().equals(code))
            .findFirst()
            .orElseThrow(
                () ->
                    new MalformedException(
                        "cannot list the queue: expected the code of a reason, found '%s'"
                            .formatted(Excerpt.of(code))));
  }

  private static @Nullable String pattern(@Nullable String crate) {
    if (crate == null || crate.isEmpty()) {
      return null;
    }
    if (crate.length() > MAX_PATTERN) {
      throw new MalformedException(
          "cannot list the queue: expected at most %d characters as `crate`, found %d"
              .formatted(MAX_PATTERN, crate.length()));
    }
    return crate.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /// Returns whether the pattern matches a crate. Only the last star is tried again, so the cost is
  /// at most the product of both lengths.
  boolean matches(CrateName name) {
    if (crate == null) {
      return true;
    }
    String key = name.collisionKey();
    int at = 0;
    int star = -1;
    int resume = 0;
    for (int i = 0; i < key.length(); ) {
      if (at < crate.length() && crate.charAt(at) == '*') {
        star = at++;
        resume = i;
      } else if (at < crate.length() && crate.charAt(at) == key.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    return crate.substring(at).chars().allMatch(c -> c == '*');
  }

  private static int limit(@Nullable Integer limit) {
    int rows = limit == null ? DEFAULT_ROWS : limit;
    if (rows < 1 || rows > MAX_ROWS) {
      throw new MalformedException(
          "cannot list the queue: expected 1 to %d as `limit`, found %d".formatted(MAX_ROWS, rows));
    }
    return rows;
  }
}
