package lazaret.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.requests.QueueGroupsReply;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest;
import lazaret.vetting.deskapi.store.StatusReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.page.PageFrame.BarState;
import org.jspecify.annotations.Nullable;

/// The state of the gate in the bar of each page. It is read at most once in ten seconds for all
/// reviewers, and once for all others, because it costs more than most pages. Thread-safe.
final class BarStates {
  private static final Duration AGE = Duration.ofSeconds(10);

  /// The grouped queue is in heap, whereas the other list evaluates each request.
  private static final QueueGroupsRequest COUNTS =
      new QueueGroupsRequest(null, null, null, null, null, null, null, 1);

  private static final String UNKNOWN = "State unknown";

  private final Clock clock;

  /// The state for visitors who may see the queue.
  private volatile @Nullable Known counted;

  private volatile @Nullable Known uncounted;

  BarStates(Clock clock) {
    this.clock = clock;
  }

  private record Known(Instant until, BarState state) {}

  /// Returns the state for the visitor of a request.
  BarState of(WebRequest request) {
    if (!(request.visitor() instanceof WebVisitor.SignedIn)) {
      return new BarState(null, "", "good");
    }
    boolean reviews =
        request.visitor().has(DeskRole.REVIEWER) || request.visitor().has(DeskRole.AUDITOR);
    Instant now = clock.instant();
    Known last = reviews ? counted : uncounted;
    if (last != null && now.isBefore(last.until())) {
      return last.state();
    }
    BarState state = state(request, reviews);
    // A refusal, for example by the rate limit of one person, does not replace a state.
    boolean whole = !state.state().equals(UNKNOWN) && (!reviews || state.waiting() != null);
    if (whole || last == null) {
      keep(reviews, new Known(now.plus(AGE), state));
    }
    return state;
  }

  private void keep(boolean reviews, Known next) {
    if (reviews) {
      counted = next;
    } else {
      uncounted = next;
    }
  }

  private static BarState state(WebRequest request, boolean reviews) {
    String waiting = reviews ? waiting(request) : null;
    Reply<StatusReply> status = request.desk().call(StoreOperations.STATUS, new EmptyRequest());
    return switch (status) {
      case Reply.Refused<StatusReply> _ -> new BarState(waiting, UNKNOWN, "bad");
      case Reply.Done<StatusReply> done -> state(done.value(), waiting);
    };
  }

  private static @Nullable String waiting(WebRequest request) {
    return request.desk().call(RequestOperations.QUEUE_GROUPS, COUNTS)
            instanceof Reply.Done<QueueGroupsReply> done
        ? String.format(
            Locale.ENGLISH,
            "%,d",
            done.value().counts().decision() + done.value().counts().secondPerson())
        : null;
  }

  private static BarState state(StatusReply status, @Nullable String waiting) {
    if (status.store().storeWithholds() || !status.store().storeFaults().isEmpty()) {
      return new BarState(waiting, "Store faults", "bad");
    }
    return switch (status.feeds().state()) {
      case FRESH -> new BarState(waiting, "Well", "good");
      case NONE -> new BarState(waiting, "No feeds", "warn");
      case QUIET -> new BarState(waiting, "Feeds quiet", "warn");
      case OLD -> new BarState(waiting, "Feeds old", "warn");
      case STALE -> new BarState(waiting, "Feeds stale", "bad");
    };
  }
}
