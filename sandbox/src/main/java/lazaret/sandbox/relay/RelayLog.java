package lazaret.sandbox.relay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Origin;
import org.jspecify.annotations.Nullable;

/// The record of refusals and failures of a session. Thread-safe.
final class RelayLog {
  /// The largest number of different refusals that are listed; further ones are counted together.
  static final int MAX_REFUSALS = 500;

  private static final int MAX_TEXT = 200;
  private static final String ALLOW =
      "add the crate to Cargo.toml; other addresses cannot be allowed";

  private static final String ALLOW_WITHHELD =
      "'vetting-cli why NAME@VERSION' names the reason, and a reviewer can approve it";

  private record Refusal(String resource, String rule, String allow) {}

  private static final Refusal MORE =
      new Refusal("more of them", "gate: too many different requests to list", ALLOW);

  private final AtomicInteger requests = new AtomicInteger();
  private @Nullable RelayProblem problem;
  private final Map<Refusal, Integer> refusals = new LinkedHashMap<>();

  /// Counts a request.
  ///
  /// @return whether the count is at most the given limit
  boolean countRequest(int most) {
    return requests.incrementAndGet() <= most;
  }

  /// Records a refusal by the relay.
  ///
  /// @param wanted the requested object, foreign text
  /// @param rule the rule that refused it
  void note(String wanted, String rule) {
    count(new Refusal(cut(wanted), "gate: " + rule, ALLOW));
  }

  /// Records a refusal by the gate.
  ///
  /// @param crate the requested crate, as text
  void withheld(String crate) {
    count(new Refusal(crate, "gate: it is withheld", ALLOW_WITHHELD));
  }

  private synchronized void count(Refusal refusal) {
    boolean room = refusals.size() < MAX_REFUSALS || refusals.containsKey(refusal);
    refusals.merge(room ? refusal : MORE, 1, Integer::sum);
  }

  /// Records that the gate could not be reached.
  ///
  /// @param why the failure, whose message is not sent into the sandbox
  void unreachable(Exception why) {
    String message = why.getMessage();
    first(
        new RelayProblem(
            RelayProblem.Kind.NO_ANSWER,
            message == null ? why.getClass().getSimpleName() : message));
  }

  /// Records that the gate answered with the status of a failure of its own.
  void unavailable(int status) {
    first(new RelayProblem(RelayProblem.Kind.FAILURE, "status " + status));
  }

  /// Records that the gate did not accept the token.
  void unauthenticated(int status) {
    first(new RelayProblem(RelayProblem.Kind.TOKEN_REFUSED, "status " + status));
  }

  private synchronized void first(RelayProblem found) {
    if (problem == null) {
      problem = found;
    }
  }

  /// Returns the first problem of the gate, or empty if there was none.
  synchronized Optional<RelayProblem> problem() {
    return Optional.ofNullable(problem);
  }

  /// Returns all refusals so far, in the order of their first occurrence.
  synchronized List<Violation> violations() {
    List<Violation> all = new ArrayList<>(refusals.size());
    refusals.forEach(
        (refusal, count) ->
            all.add(
                new Violation(
                    Violation.Kind.GATE_REFUSAL,
                    refusal.resource(),
                    Origin.UNKNOWN,
                    count,
                    refusal.rule(),
                    refusal.allow())));
    return List.copyOf(all);
  }

  private static String cut(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + ".." : text;
  }
}
