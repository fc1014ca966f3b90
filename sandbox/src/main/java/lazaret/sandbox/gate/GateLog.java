package lazaret.sandbox.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Kind;
import lazaret.sandbox.Violation.Origin;

/// What happened at a session that somebody should hear of. Thread-safe.
final class GateLog {
  /// The most different refusals that are told apart; more are counted together.
  static final int MAX_REFUSALS = 500;

  private static final int MAX_TEXT = 200;

  private record Refusal(Kind kind, String resource, String rule) {}

  private static final Refusal MORE =
      new Refusal(Kind.GATE_REFUSAL, "more of them", "too many different ones to list");

  private final List<String> decoys;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicReference<String> failure = new AtomicReference<>("");
  private final Map<Refusal, Integer> refusals = new LinkedHashMap<>();

  /// Creates a log.
  ///
  /// @param decoys values of decoy credentials
  GateLog(List<String> decoys) {
    this.decoys = decoys.stream().map(d -> d.toLowerCase(Locale.ROOT)).toList();
  }

  /// Counts a request in.
  ///
  /// @return whether it is one of so many
  boolean countRequest(int most) {
    return requests.incrementAndGet() <= most;
  }

  /// Notes a refusal.
  ///
  /// @param wanted what was asked for, foreign text
  /// @param rule what refused it
  void note(String wanted, String rule) {
    if (!noteDecoy(wanted)) {
      count(new Refusal(Kind.GATE_REFUSAL, cut(wanted), "gate: " + rule));
    }
  }

  /// Notes the value of a decoy in what came from inside, in whatever case.
  ///
  /// @return whether there is one
  boolean noteDecoy(String bytes) {
    String lower = bytes.toLowerCase(Locale.ROOT);
    boolean found = decoys.stream().anyMatch(lower::contains);
    if (found) {
      count(
          new Refusal(
              Kind.DECOY_VALUE,
              "the value of a decoy credential in a request to the gate",
              "gate: no request with the value of a decoy goes on"));
    }
    return found;
  }

  private synchronized void count(Refusal refusal) {
    boolean room = refusals.size() < MAX_REFUSALS || refusals.containsKey(refusal);
    refusals.merge(room ? refusal : MORE, 1, Integer::sum);
  }

  /// Notes that the gate could not be asked.
  ///
  /// @param why outside words, which the client inside is not told
  void unreachable(Exception why) {
    String message = why.getMessage();
    failure.compareAndSet("", message == null ? why.getClass().getSimpleName() : message);
  }

  /// Returns why the gate could not be asked the first time that it could not; empty where it
  /// always could.
  Optional<String> failure() {
    return Optional.of(failure.get()).filter(text -> !text.isEmpty());
  }

  /// Returns all refusals so far, in the order of their first appearance.
  synchronized List<Violation> violations() {
    List<Violation> all = new ArrayList<>(refusals.size());
    refusals.forEach(
        (refusal, count) ->
            all.add(
                new Violation(
                    refusal.kind(),
                    refusal.resource(),
                    Origin.UNKNOWN,
                    count,
                    refusal.rule(),
                    allow(refusal.kind()))));
    return List.copyOf(all);
  }

  private static String allow(Kind kind) {
    return kind == Kind.DECOY_VALUE
        ? "cannot be allowed: something read a credential and sent it"
        : "a crate is allowed by adding it to Cargo.toml; other addresses cannot be";
  }

  private static String cut(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + ".." : text;
  }
}
