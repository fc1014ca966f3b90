package lazaret.sandbox.filter;

import java.util.List;
import java.util.Optional;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.Violation;

/// One line of the table: which calls it is about, when it fits, and what they are answered.
public final class Rule {
  private final List<String> calls;
  private final Scope scope;
  private final Condition condition;
  private final Optional<Errno> answer;
  private final Optional<Violation.Kind> report;
  private final String why;

  /// In which modes a rule stands.
  enum Scope {
    ALL,
    SEALED,
    SOCKETS,
    GATE;

    boolean holds(SandboxMode mode, boolean loopback) {
      return switch (this) {
        case ALL -> true;
        case SEALED -> mode == SandboxMode.SEALED && !loopback;
        case GATE -> mode.reachesGate() && !loopback;
        case SOCKETS -> mode != SandboxMode.SEALED || loopback;
      };
    }
  }

  Rule(
      List<String> calls,
      Scope scope,
      Condition condition,
      Optional<Errno> answer,
      Optional<Violation.Kind> report,
      String why) {
    this.calls = List.copyOf(calls);
    this.scope = scope;
    this.condition = condition;
    this.answer = answer;
    this.report = report;
    this.why = why;
  }

  /// Returns the names of the calls.
  public List<String> calls() {
    return calls;
  }

  /// Returns what the call fails with; empty where it is let be unless it is reported.
  public Optional<Errno> answer() {
    return answer;
  }

  /// Returns as what it is reported; empty where it is denied in silence.
  public Optional<Violation.Kind> report() {
    return report;
  }

  /// Returns why, in a few words.
  public String why() {
    return why;
  }

  /// Tells whether the rule fits a call with these six arguments.
  public boolean fits(String call, long[] arguments) {
    return calls.contains(call) && condition.holds(arguments);
  }

  Scope scope() {
    return scope;
  }

  Condition condition() {
    return condition;
  }
}
