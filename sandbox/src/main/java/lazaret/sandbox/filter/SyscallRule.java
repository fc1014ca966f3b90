package lazaret.sandbox.filter;

import java.util.List;
import java.util.Optional;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.Violation;

/// A line of the table of rules: the calls, the condition and the result.
public final class SyscallRule {
  private final List<String> calls;
  private final Scope scope;
  private final ArgumentCondition condition;
  private final Optional<Errno> action;
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

  SyscallRule(
      List<String> calls,
      Scope scope,
      ArgumentCondition condition,
      Optional<Errno> answer,
      Optional<Violation.Kind> report,
      String why) {
    this.calls = List.copyOf(calls);
    this.scope = scope;
    this.condition = condition;
    this.action = answer;
    this.report = report;
    this.why = why;
  }

  /// Returns the names of the calls.
  public List<String> calls() {
    return calls;
  }

  /// Returns the error of the call, or empty if the call is permitted unless it is reported.
  public Optional<Errno> action() {
    return action;
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

  ArgumentCondition condition() {
    return condition;
  }
}
