package lazaret.sandbox.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.sandbox.CpuArchitecture;
import lazaret.sandbox.SandboxMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Each call of each table with each filter, with arguments on both sides of every rule.
class SeccompFilterTest {
  private static final int KILL = 0x8000_0000;
  private static final int NOTIFY = 0x7fc0_0000;
  private static final int ALLOW = 0x7fff_0000;
  private static final int ENOSYS = 0x0005_0000 | 38;
  private static final int EPERM = 0x0005_0000 | 1;
  private static final int ENOTSUP = 0x0005_0000 | 95;

  private static final int X86_64 = 0xc000_003e;
  private static final int I386 = 0x4000_0003;
  private static final int AARCH64 = 0xc000_00b7;
  private static final int X32 = 0x4000_0000;

  /// The calls that are refused with any arguments, listed a second time by purpose.
  private static final Set<String> EPERM_ALWAYS =
      words(
          """
          keyctl add_key request_key ptrace process_vm_readv process_vm_writev process_madvise kcmp
          pidfd_getfd bpf userfaultfd perf_event_open mount umount2 pivot_root chroot open_tree
          open_tree_attr move_mount fsopen fsconfig fsmount fspick mount_setattr statmount listmount
          unshare setns init_module finit_module delete_module kexec_load kexec_file_load reboot
          swapon swapoff acct quotactl quotactl_fd syslog iopl ioperm vhangup settimeofday
          clock_settime clock_adjtime adjtimex sethostname setdomainname name_to_handle_at
          open_by_handle_at fanotify_init fanotify_mark memfd_secret modify_ldt lsm_set_self_attr
          mbind set_mempolicy migrate_pages move_pages set_mempolicy_home_node
          """);

  private static final Set<String> ENOSYS_ALWAYS =
      words(
          """
          clone3 openat2 io_uring_setup io_uring_enter io_uring_register file_setattr _sysctl uselib
          sysfs ustat nfsservctl lookup_dcookie create_module get_kernel_syms query_module getpmsg
          putpmsg afs_syscall tuxcall security vserver epoll_ctl_old epoll_wait_old
          """);

  private static final Set<String> ENOTSUP_ALWAYS =
      words("setxattr lsetxattr fsetxattr setxattrat");

  @ParameterizedTest
  @EnumSource(CpuArchitecture.class)
  void answersEachCallOfTheTable(CpuArchitecture architecture) {
    SyscallTable table = SyscallTable.of(architecture);
    BpfMachine machine = machine(SandboxMode.SEALED, false, false, architecture);
    Set<String> byArguments = CallRow.ALL.stream().map(CallRow::call).collect(Collectors.toSet());
    Map<String, Integer> expected = new TreeMap<>();
    Map<String, Integer> found = new TreeMap<>();
    table
        .names()
        .forEach(
            (number, name) -> {
              if (!byArguments.contains(name)) {
                expected.put(name, always(name));
                found.put(name, machine.run(number, table.audit(), 0, 0, 0, 0, 0, 0));
              }
            });

    assertThat(found).hasSizeGreaterThan(280).isEqualTo(expected);
  }

  private static int always(String name) {
    if (EPERM_ALWAYS.contains(name)) {
      return EPERM;
    }
    if (ENOSYS_ALWAYS.contains(name)) {
      return ENOSYS;
    }
    return ENOTSUP_ALWAYS.contains(name) ? ENOTSUP : ALLOW;
  }

  @ParameterizedTest
  @EnumSource(CpuArchitecture.class)
  void decidesByArguments(CpuArchitecture architecture) {
    SyscallTable table = SyscallTable.of(architecture);
    BpfMachine sealed = machine(SandboxMode.SEALED, false, false, architecture);
    List<BpfMachine> gate =
        List.of(
            machine(SandboxMode.FETCH, false, false, architecture),
            machine(SandboxMode.GATE, false, false, architecture));
    List<BpfMachine> loopback =
        List.of(
            machine(SandboxMode.SEALED, true, false, architecture),
            machine(SandboxMode.GATE, true, false, architecture));
    for (CallRow row : CallRow.ALL) {
      if (table.number(row.call()).isEmpty()) {
        continue;
      }
      int number = table.number(row.call()).getAsInt();
      assertThat(sealed.run(number, table.audit(), row.six()))
          .as("sealed %s%s", row.call(), row.arguments())
          .isEqualTo(row.sealed());
      for (BpfMachine machine : gate) {
        assertThat(machine.run(number, table.audit(), row.six()))
            .as("with the gate %s%s", row.call(), row.arguments())
            .isEqualTo(row.gate());
      }
      for (BpfMachine machine : loopback) {
        assertThat(machine.run(number, table.audit(), row.six()))
            .as("with itself %s%s", row.call(), row.arguments())
            .isEqualTo(row.loopback());
      }
    }
  }

  /// With reporting, the second filter suspends the calls that the first one permits. Together they
  /// deny the same calls.
  @ParameterizedTest
  @MethodSource("modes")
  void losesNothingWhenTheSupervisorReports(
      CpuArchitecture architecture, SandboxMode mode, boolean loopback) {
    SyscallTable table = SyscallTable.of(architecture);
    BpfMachine alone = machine(mode, loopback, false, architecture);
    BpfMachine inner = machine(mode, loopback, true, architecture);
    BpfMachine outer = new BpfMachine(SeccompFilter.notifying(mode, loopback, architecture));
    Stream<CallRow> plain =
        table.names().values().stream().map(name -> CallRow.of(name, ALLOW, 0, 0, 0, 0, 0, 0));
    Set<String> stopped = new TreeSet<>();
    Stream.concat(plain, CallRow.ALL.stream())
        .filter(row -> table.number(row.call()).isPresent())
        .forEach(
            row -> {
              int number = table.number(row.call()).getAsInt();
              int denied = alone.run(number, table.audit(), row.six());
              int first = inner.run(number, table.audit(), row.six());
              int second = outer.run(number, table.audit(), row.six());
              if (second == NOTIFY) {
                stopped.add(row.call());
                assertThat(first).as(row.call()).isEqualTo(ALLOW);
                assertThat(SeccompFilter.reported(mode, loopback, row.call(), row.six()))
                    .as(row.call())
                    .get()
                    .satisfies(
                        rule ->
                            assertThat(rule.action().map(e -> 0x0005_0000 | e.number()))
                                .as(row.call())
                                .isEqualTo(
                                    denied == ALLOW ? Optional.empty() : Optional.of(denied)),
                        rule -> assertThat(rule.why()).isNotBlank());
              } else {
                assertThat(second).as(row.call()).isEqualTo(ALLOW);
                assertThat(first).as(row.call()).isEqualTo(denied);
              }
            });

    assertThat(stopped).contains("keyctl", "ptrace", "bpf", "socket", "connect", "mount", "ioctl");
  }

  @ParameterizedTest
  @MethodSource("modes")
  void stopsWhoeverLoadsAFilterAndNoOtherCallOfThatName(
      CpuArchitecture architecture, SandboxMode mode, boolean loopback) {
    SyscallTable table = SyscallTable.of(architecture);
    BpfMachine outer = new BpfMachine(SeccompFilter.notifying(mode, loopback, architecture));
    int prctl = table.number("prctl").orElseThrow();
    int seccomp = table.number("seccomp").orElseThrow();

    // PR_SET_SECCOMP, PR_SET_NAME; SECCOMP_SET_MODE_FILTER, SECCOMP_GET_ACTION_AVAIL.
    assertThat(outer.run(prctl, table.audit(), 22, 2, 1, 0, 0, 0)).isEqualTo(NOTIFY);
    assertThat(outer.run(prctl, table.audit(), 15, 1, 0, 0, 0, 0)).isEqualTo(ALLOW);
    assertThat(outer.run(seccomp, table.audit(), 1, 0, 1, 0, 0, 0)).isEqualTo(NOTIFY);
    assertThat(outer.run(seccomp, table.audit(), 2, 0, 1, 0, 0, 0)).isEqualTo(ALLOW);
  }

  static Stream<Arguments> modes() {
    return Stream.of(CpuArchitecture.values())
        .flatMap(
            a ->
                Stream.of(
                    Arguments.of(a, SandboxMode.SEALED, false),
                    Arguments.of(a, SandboxMode.SEALED, true),
                    Arguments.of(a, SandboxMode.FETCH, false),
                    Arguments.of(a, SandboxMode.GATE, false),
                    Arguments.of(a, SandboxMode.GATE, true)));
  }

  @ParameterizedTest
  @EnumSource(CpuArchitecture.class)
  void knowsNoCallWithoutAName(CpuArchitecture architecture) {
    SyscallTable table = SyscallTable.of(architecture);
    BpfMachine machine = machine(SandboxMode.SEALED, false, false, architecture);

    for (int number = 0; number < 1_000; number++) {
      if (table.name(number).isEmpty()) {
        assertThat(machine.run(number, table.audit())).as("call %d", number).isEqualTo(ENOSYS);
      }
    }
    assertThat(machine.run(X32 | 1, table.audit())).isEqualTo(ENOSYS);
    assertThat(machine.run(-1, table.audit())).isEqualTo(ENOSYS);
    assertThat(machine.run(469, table.audit())).isEqualTo(ENOSYS);
    assertThat(machine.run(470, table.audit())).isEqualTo(ENOSYS);
  }

  @Test
  void killsCallsOfAnotherArchitecture() {
    BpfMachine machine = machine(SandboxMode.SEALED, false, false, CpuArchitecture.X86_64);

    assertThat(machine.run(1, I386)).isEqualTo(KILL);
    assertThat(machine.run(64, AARCH64)).isEqualTo(KILL);
    assertThat(machine(SandboxMode.GATE, false, true, CpuArchitecture.AARCH64).run(64, X86_64))
        .isEqualTo(KILL);
  }

  @Test
  void fitsTheKernelsLimitWithRoom() {
    assertThat(machine(SandboxMode.SEALED, false, false, CpuArchitecture.X86_64).instructions())
        .isBetween(200, 500);
  }

  @Test
  void hasTheNumbersOfThisMachinesHeaders() throws IOException {
    Path header = Path.of("/usr/include/x86_64-linux-gnu/asm/unistd_64.h");
    assumeTrue(Files.exists(header), header + " is not here: install linux-libc-dev");
    SyscallTable table = SyscallTable.of(CpuArchitecture.X86_64);

    List<String[]> defined =
        Files.readAllLines(header).stream()
            .filter(line -> line.startsWith("#define __NR_"))
            .map(line -> line.substring("#define __NR_".length()).split(" ", -1))
            .toList();

    assertThat(defined).hasSizeGreaterThan(300);
    for (String[] line : defined) {
      int number = Integer.parseInt(line[1]);
      // Calls that are newer than the tables are refused by number.
      if (number < 470 && table.name(number).isPresent()) {
        assertThat(table.number(line[0])).as(line[0]).hasValue(number);
      }
    }
  }

  @Test
  void namesOnlyCallsThatSomeArchitectureHas() {
    List<SyscallTable> tables = Stream.of(CpuArchitecture.values()).map(SyscallTable::of).toList();
    Function<String, Boolean> known =
        call -> tables.stream().anyMatch(t -> t.number(call).isPresent());

    assertThat(Stream.of(SandboxMode.values()).flatMap(m -> SeccompFilter.rules(m, false).stream()))
        .allSatisfy(rule -> assertThat(rule.calls()).allMatch(known::apply));
  }

  private static BpfMachine machine(
      SandboxMode mode, boolean loopback, boolean reporting, CpuArchitecture architecture) {
    return new BpfMachine(SeccompFilter.forMode(mode, loopback, reporting, architecture));
  }

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }
}
