package lazaret.vetting.desk.requests;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The handling of one queued request up to now.
///
/// @param closed whether a reviewer closed it and nothing opened it again
/// @param asked whether a person asked for it with a reason since the last decision
/// @param assignee the person it is assigned to; null if it is not assigned
/// @param total the number of steps, including those that [#acts] no longer has
/// @param acts the last steps, oldest first; at most [#MAX_ACTS]
public record RequestHistory(
    boolean closed, boolean asked, @Nullable String assignee, long total, List<RequestStep> acts) {
  /// The number of steps that are kept in memory for one request; the ledger has all.
  public static final int MAX_ACTS = 50;

  /// The history of a request that was never handled.
  public static final RequestHistory NONE = new RequestHistory(false, false, null, 0, List.of());

  /// Copies the list.
  public RequestHistory {
    acts = List.copyOf(acts);
  }

  /// Returns the history after one more step.
  public RequestHistory and(RequestStep act) {
    List<RequestStep> all = new ArrayList<>(acts);
    all.add(act);
    List<RequestStep> last = all.subList(Math.max(0, all.size() - MAX_ACTS), all.size());
    return switch (act.kind()) {
      case ASK -> new RequestHistory(closed, true, assignee, total + 1, last);
      case CLOSE -> new RequestHistory(true, asked, assignee, total + 1, last);
      case REOPEN -> new RequestHistory(false, asked, assignee, total + 1, last);
      case COMMENT -> new RequestHistory(closed, asked, assignee, total + 1, last);
      case ASSIGN -> new RequestHistory(closed, asked, act.text(), total + 1, last);
      case UNASSIGN -> new RequestHistory(closed, asked, null, total + 1, last);
    };
  }

  /// Returns the history after a decision on the version. It is open and without a request by a
  /// person.
  public RequestHistory decided() {
    return new RequestHistory(false, false, assignee, total, acts);
  }

  /// Returns the last step of a kind; empty if there is none.
  public Optional<RequestStep> last(RequestStep.Kind kind) {
    return acts.reversed().stream().filter(act -> act.kind() == kind).findFirst();
  }
}
