package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.IntegerLiterals;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;

/// Memory that becomes executable, and memory of other processes.
final class MemoryRules {
  private static final WordSet EXECUTABLE =
      WordSet.split(
          "PROT_EXEC PAGE_EXECUTE PAGE_EXECUTE_READ PAGE_EXECUTE_READWRITE PAGE_EXECUTE_WRITECOPY"
              + " MAP_JIT make_exec map_exec map_exec_mut READ_EXECUTE READ_WRITE_EXECUTE"
              + " VM_PROT_EXECUTE ExecutableBuffer JitMemory set_executable");
  private static final WordSet MAPS =
      WordSet.split(
          "mmap mmap64 mmap_anonymous mprotect pkey_mprotect VirtualAlloc VirtualAllocEx"
              + " VirtualProtect VirtualProtectEx NtAllocateVirtualMemory");
  private static final WordSet MAKES = EXECUTABLE.and(MAPS);
  private static final WordSet FILLS =
      WordSet.split(
          "copy_nonoverlapping copy copy_from copy_from_nonoverlapping copy_from_slice"
              + " clone_from_slice write_bytes copy_to copy_to_nonoverlapping extend_from_slice"
              + " write_all write memcpy RtlMoveMemory RtlCopyMemory WriteProcessMemory fill_from"
              + " push");
  private static final WordSet OTHERS =
      WordSet.split(
          "ptrace process_vm_readv process_vm_writev ReadProcessMemory WriteProcessMemory"
              + " NtReadVirtualMemory NtWriteVirtualMemory CreateRemoteThread NtCreateThreadEx"
              + " QueueUserAPC SetThreadContext MiniDumpWriteDump task_for_pid mach_vm_read"
              + " mach_vm_read_overwrite mach_vm_write vm_read_overwrite ptrace_attach peekdata"
              + " environ");
  private static final int BROUGHT =
      ValueOrigin.INCLUDED
          | ValueOrigin.DECODED
          | ValueOrigin.FOREIGN
          | ValueOrigin.FILE
          | ValueOrigin.LITERAL_BYTES
          | ValueOrigin.ENVIRONMENT;
  private static final int EXECUTE = 4;
  private static final int PAGE_EXECUTE = 0xF0;

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;

  MemoryRules(SourceTokens code, ValueFlow values, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
  }

  /// @param tests the tokens that do not count
  void find(BitSet tests) {
    int executable =
        Arrays.stream(code.at(MAKES))
            .filter(i -> !tests.get(i))
            .filter(i -> executable(i, code.word(i)) || number(i, code.word(i)))
            .findFirst()
            .orElse(-1);
    if (executable >= 0
        && Arrays.stream(code.at(FILLS)).anyMatch(i -> !tests.get(i) && brings(i))) {
      receiver.found(Behavior.EXECUTABLE_MEMORY, executable, "");
    }
    for (int i : code.at(OTHERS)) {
      if (!tests.get(i)) {
        other(i, code.word(i));
      }
    }
    processes(tests);
  }

  private void processes(BitSet tests) {
    boolean base = false;
    int leaf = -1;
    for (int i : code.strings()) {
      if (!tests.get(i)) {
        String text = code.literal(i);
        base |= text.equals("/proc") || text.startsWith("/proc/");
        leaf = leaf < 0 && leaf(text) ? i : leaf;
      }
    }
    if (base && leaf >= 0) {
      receiver.found(Behavior.PROCESS_FILES, leaf, "makes '/proc/../" + code.literal(leaf) + "'");
    }
  }

  private static boolean leaf(String text) {
    String name = text.startsWith("/") ? text.substring(1) : text;
    return name.equals("environ") || name.equals("mem") || text.endsWith("/environ");
  }

  private boolean executable(int at, String word) {
    boolean used = !code.is(at + 1, ':') && !code.is(at - 1, "fn") && !code.is(at - 1, "const");
    return EXECUTABLE.contains(word) && used;
  }

  /// Reads protections that are written as numbers.
  private boolean number(int at, String word) {
    if (!MAPS.contains(word) || !code.is(at + 1, '(') || code.is(at - 1, "fn")) {
      return false;
    }
    boolean windows = word.startsWith("Virtual") || word.startsWith("Nt");
    int which = word.startsWith("mmap") || word.equals("VirtualProtect") ? 2 : windows ? 3 : 2;
    var arguments = code.arguments(at + 1);
    if (arguments.size() <= which) {
      return false;
    }
    Range given = arguments.get(which);
    int value = code.number(given.from()) ? IntegerLiterals.value(code.text(given.from())) : -1;
    boolean executes = value > 0 && (value & (windows ? PAGE_EXECUTE : EXECUTE)) != 0;
    return executes && values.texts().of(given).isEmpty();
  }

  private boolean brings(int at) {
    int open = at + 1;
    while (open < Math.min(code.size(), at + 12) && !code.is(open, '(')) {
      open++;
    }
    int from = code.is(at - 1, '.') ? values.chain(at) : open + 1;
    int origins = values.origins(new Range(from, Math.max(from, code.close(open))));
    return ValueOrigin.any(origins, BROUGHT);
  }

  private void other(int at, String word) {
    boolean call = code.is(at + 1, '(') && !code.is(at - 1, "fn");
    boolean module = word.equals("ptrace") && code.separator(at + 1);
    boolean own = word.equals("environ");
    if (!own && (module || (call && !code.is(at - 1, '.')))) {
      receiver.found(Behavior.OTHER_PROCESS, at, "");
    } else if (own && code.is(at - 1, '.') && call) {
      receiver.found(Behavior.OTHER_PROCESS, at, "");
    }
  }
}
