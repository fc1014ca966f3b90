package lazaret.sandbox.filter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lazaret.sandbox.CpuArchitecture;
import lazaret.sandbox.SandboxMode;

/// The generator of the two filters that the kernel applies to each system call in the sandbox.
/// Immutable and thread-safe.
///
/// Bubblewrap loads the filter of [#forMode] (`--seccomp FD`) just before the command starts. It
/// denies calls by itself, without another process. With reporting, it permits the calls to be
/// reported and leaves them to the filter of [#notifying], which
/// `lazaret.sandbox.watch.SyscallSupervisor` installs on the thread that starts bubblewrap. That
/// filter suspends a call until the supervisor denies it; without a supervisor the call fails with
/// ENOSYS. An error of the first filter has precedence over a notification of the second, so each
/// call is in only one of them.
///
/// Source: Linux userspace-api/seccomp_filter.rst; linux/seccomp.h.
public final class SeccompFilter {
  private static final int KILL_PROCESS = 0x8000_0000;
  private static final int NOTIFY = 0x7fc0_0000;
  private static final int FAIL = 0x0005_0000;
  private static final int ALLOW = 0x7fff_0000;

  /// The calls that install a filter, with the first argument of each that means so
  /// (`PR_SET_SECCOMP`, `SECCOMP_SET_MODE_FILTER`). The filter of [#notifying] reports them: the
  /// first one shows that the sandbox is set up. They are always permitted.
  public static final Map<String, Integer> LOADS_FILTER = Map.of("prctl", 22, "seccomp", 1);

  // struct seccomp_data: nr, arch, instruction_pointer, args[6].
  private static final int NUMBER_AT = 0;
  private static final int ARCH_AT = 4;
  private static final int ARGUMENTS_AT = 16;
  private static final int ARGUMENT = 8;
  private static final int WORD = 4;

  private static final List<SyscallRule> RULES =
      SyscallRuleReader.read(SyscallTable.resource("rules.txt"));

  private final SyscallTable table;
  private final BpfAssembler program = new BpfAssembler();

  private SeccompFilter(SyscallTable table) {
    this.table = table;
  }

  /// Returns the filter for bubblewrap, in the format of `--seccomp FD`.
  ///
  /// @param mode the network access
  /// @param loopback whether a sealed command may use its loopback interface
  /// @param reporting whether a supervisor uses the filter of [#notifying]
  /// @param architecture the architecture of the machine
  public static byte[] forMode(
      SandboxMode mode, boolean loopback, boolean reporting, CpuArchitecture architecture) {
    SeccompFilter filter = new SeccompFilter(SyscallTable.of(architecture));
    filter.denyForeignEntryPoints();
    for (SyscallRule rule : rules(mode, loopback)) {
      boolean left = reporting && rule.report().isPresent();
      if (!left && rule.action().isPresent()) {
        filter.add(rule, FAIL | rule.action().get().number());
      }
    }
    return filter.end();
  }

  /// Returns the filter for the supervisor, which suspends the calls to be reported.
  ///
  /// @param mode the network access
  /// @param loopback whether a sealed command may use its loopback interface
  /// @param architecture the architecture of the machine
  public static byte[] notifying(SandboxMode mode, boolean loopback, CpuArchitecture architecture) {
    SeccompFilter filter = new SeccompFilter(SyscallTable.of(architecture));
    // Calls of another architecture are permitted here; the other filter kills the process.
    int known = filter.program.label();
    filter.program.load(ARCH_AT);
    filter.program.ifEqual(filter.table.audit(), known);
    filter.program.giveBack(ALLOW);
    filter.program.setLabel(known);
    filter.program.load(NUMBER_AT);
    for (SyscallRule rule : rules(mode, loopback)) {
      // The first matching rule decides: a call that it denies without a report is not suspended by
      // a later rule.
      boolean decided = rule.report().isEmpty() && !rule.condition().tests().isEmpty();
      if (decided || rule.report().isPresent()) {
        filter.add(rule, decided ? ALLOW : NOTIFY);
      }
    }
    for (Map.Entry<String, Integer> call : new TreeMap<>(LOADS_FILTER).entrySet()) {
      ArgumentCondition condition = ArgumentCondition.first(call.getValue());
      filter.table.number(call.getKey()).ifPresent(n -> filter.add(n, condition, NOTIFY));
    }
    return filter.end();
  }

  /// Returns the rules of a mode, in order.
  public static List<SyscallRule> rules(SandboxMode mode, boolean loopback) {
    return RULES.stream().filter(r -> r.scope().holds(mode, loopback)).toList();
  }

  /// Returns the rule for which the kernel suspended a call, or empty if no rule of the mode
  /// reports the call.
  public static Optional<SyscallRule> reported(
      SandboxMode mode, boolean loopback, String call, long[] arguments) {
    return rules(mode, loopback).stream()
        .filter(r -> r.report().isPresent() && r.fits(call, arguments))
        .findFirst();
  }

  private void denyForeignEntryPoints() {
    int known = program.label();
    program.load(ARCH_AT);
    program.ifEqual(table.audit(), known);
    program.giveBack(KILL_PROCESS);
    program.setLabel(known);
    program.load(NUMBER_AT);
    // Unassigned numbers fail: those between two known calls and those after the last one.
    int next = 0;
    for (int number : table.names().keySet()) {
      if (number > next) {
        int elsewhere = program.label();
        program.unlessAtLeast(next, elsewhere);
        program.ifAtLeast(number, elsewhere);
        program.giveBack(FAIL | Errno.ENOSYS.number());
        program.setLabel(elsewhere);
      }
      next = number + 1;
    }
    int below = program.label();
    program.unlessAtLeast(next, below);
    program.giveBack(FAIL | Errno.ENOSYS.number());
    program.setLabel(below);
  }

  private void add(SyscallRule rule, int action) {
    for (String call : rule.calls()) {
      table.number(call).ifPresent(number -> add(number, rule.condition(), action));
    }
  }

  private void add(int number, ArgumentCondition condition, int action) {
    int end = program.label();
    program.unlessEqual(number, end);
    int reload = program.label();
    for (ArgumentCondition.Test test : condition.tests()) {
      add(test, reload);
    }
    program.giveBack(action);
    program.setLabel(reload);
    if (!condition.tests().isEmpty()) {
      program.load(NUMBER_AT);
    }
    program.setLabel(end);
  }

  /// Continues if the test holds, and jumps to the label otherwise.
  private void add(ArgumentCondition.Test test, int otherwise) {
    int low = ARGUMENTS_AT + test.argument() * ARGUMENT;
    if (test.whole()) {
      program.loadEither(low, low + WORD);
    } else {
      program.load(low);
    }
    if (test.mask() != -1) {
      program.and(test.mask());
    }
    if (!test.among()) {
      test.values().forEach(value -> program.ifEqual(value, otherwise));
      return;
    }
    int holds = program.label();
    test.values().subList(0, test.values().size() - 1).forEach(v -> program.ifEqual(v, holds));
    program.unlessEqual(test.values().getLast(), otherwise);
    program.setLabel(holds);
  }

  private byte[] end() {
    program.giveBack(ALLOW);
    return program.bytes();
  }
}
