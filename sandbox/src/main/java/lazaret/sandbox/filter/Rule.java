package lazaret.sandbox.filter;

import java.util.List;
import java.util.Optional;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.Violation;

/// A line of the table of rules: the calls, the condition and the result.
public final class Rule {
  private final List<String> calls;
  private final Scope scope;
  private final Condition condition;
  private final Optional<Errno> answer;
  private final Optional<Violation.Kind> report;
  private final String why;

  /// The modes in which a rule applies.
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

  /// Returns the error of the call, or empty if the call is permitted unless it is reported.
  public Optional<Errno> answer() {
    return answer;
  }

  /// Returns the kind of the report, or empty if the call is denied without a report.
  public Optional<Violation.Kind> report() {
    return report;
  }

  /// Returns the reason in a few words.
  public String why() {
    return why;
  }

  /// Returns whether the rule applies to a call with six arguments.
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
