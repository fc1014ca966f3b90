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
/// @param requesters the persons who asked for it since the last denial, the latest last; at most
///   [#MAX_REQUESTERS]
/// @param moreRequesters the number of persons that [#requesters] no longer has
public record RequestHistory(
    boolean closed,
    boolean asked,
    @Nullable String assignee,
    long total,
    List<RequestStep> acts,
    List<NamedRequester> requesters,
    long moreRequesters) {
  /// The number of steps that are kept in memory for one request; the ledger has all.
  public static final int MAX_ACTS = 50;

  /// The number of persons that are kept in memory for one request; the ledger has all.
  public static final int MAX_REQUESTERS = 50;

  /// The history of a request that was never handled.
  public static final RequestHistory NONE =
      new RequestHistory(false, false, null, 0, List.of(), List.of(), 0);

  /// Copies the lists.
  public RequestHistory {
    acts = List.copyOf(acts);
    requesters = List.copyOf(requesters);
  }

  /// Returns the history after one more step.
  public RequestHistory and(RequestStep act) {
    RequestHistory next = with(last(act));
    return switch (act.kind()) {
      case ASK -> next.askedBy(act);
      case CLOSE -> next.state(true, asked, assignee);
      case REOPEN -> next.state(false, asked, assignee);
      case COMMENT -> next;
      case ASSIGN -> next.state(closed, asked, act.text());
      case UNASSIGN -> next.state(closed, asked, null);
    };
  }

  private List<RequestStep> last(RequestStep act) {
    List<RequestStep> all = new ArrayList<>(acts);
    all.add(act);
    return all.subList(Math.max(0, all.size() - MAX_ACTS), all.size());
  }

  private RequestHistory with(List<RequestStep> last) {
    return new RequestHistory(closed, asked, assignee, total + 1, last, requesters, moreRequesters);
  }

  private RequestHistory state(boolean close, boolean ask, @Nullable String to) {
    return new RequestHistory(close, ask, to, total, acts, requesters, moreRequesters);
  }

  private RequestHistory askedBy(RequestStep ask) {
    List<NamedRequester> all = new ArrayList<>(requesters);
    NamedRequester next = new NamedRequester(ask.by(), ask.reason(), 1, ask.at(), ask.at());
    for (NamedRequester known : requesters) {
      if (known.by().equals(ask.by())) {
        all.remove(known);
        next = known.again(ask.reason(), ask.at());
      }
    }
    all.add(next);
    int surplus = Math.max(0, all.size() - MAX_REQUESTERS);
    return new RequestHistory(
        closed,
        true,
        assignee,
        total,
        acts,
        all.subList(surplus, all.size()),
        moreRequesters + surplus);
  }

  /// Returns the history after a decision on the version. It is open and without a request by a
  /// person. A denial or revocation ends the requests of all persons; after an approval a second
  /// person may have to read their reasons.
  ///
  /// @param serves whether the decision permits serving
  public RequestHistory decided(boolean serves) {
    return new RequestHistory(
        false,
        false,
        assignee,
        total,
        acts,
        serves ? requesters : List.of(),
        serves ? moreRequesters : 0);
  }

  /// Returns the history after its requesters were informed of a decision. A closed request keeps
  /// its requesters, since a reviewer may open it again.
  RequestHistory settled() {
    return closed ? this : new RequestHistory(false, asked, assignee, total, acts, List.of(), 0);
  }

  /// Returns the persons who asked for it in the last steps, the latest last. Unlike [#requesters]
  /// it has those whose request a decision settled.
  public List<NamedRequester> everAsked() {
    RequestHistory asks = NONE;
    for (RequestStep act : acts) {
      if (act.kind() == RequestStep.Kind.ASK) {
        asks = asks.askedBy(act);
      }
    }
    return asks.requesters();
  }

  /// Returns the last step of a kind; empty if there is none.
  public Optional<RequestStep> last(RequestStep.Kind kind) {
    return acts.reversed().stream().filter(act -> act.kind() == kind).findFirst();
  }
}
