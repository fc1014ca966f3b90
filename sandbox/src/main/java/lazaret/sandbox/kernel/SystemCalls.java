package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.OptionalInt;
import lazaret.sandbox.CpuArchitecture;
import lazaret.sandbox.filter.Errno;
import lazaret.sandbox.filter.SyscallTable;

/// The interface to system calls by name. It uses one native function, `syscall(2)`, and the call
/// numbers of the filter. Thread-safe.
final class SystemCalls {
  private static final int ARGUMENTS = 5;
  private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SYSCALL = handle();
  private static final SyscallTable TABLE =
      SyscallTable.of(
          CpuArchitecture.of(System.getProperty("os.arch")).orElse(CpuArchitecture.X86_64));

  private SystemCalls() {}

  // The only native function; the package documentation states which threads may use it.
  @SuppressWarnings("restricted")
  private static MethodHandle handle() {
    Linker linker = Linker.nativeLinker();
    MemoryLayout word = ValueLayout.JAVA_LONG;
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(word, word, word, word, word, word, word),
        Linker.Option.firstVariadicArg(1),
        Linker.Option.captureCallState("errno"));
  }

  /// Makes a call with up to five arguments and returns its result. It is repeated if a signal
  /// interrupts it.
  ///
  /// @throws SystemCallException if the call fails, or the architecture lacks it (ENOSYS)
  static long call(String name, long... arguments) throws SystemCallException {
    OptionalInt number = TABLE.number(name);
    if (number.isEmpty()) {
      throw new SystemCallException(name, Errno.ENOSYS.number());
    }
    long[] a = Arrays.copyOf(arguments, ARGUMENTS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE);
      while (true) {
        long result =
            (long)
                SYSCALL.invokeExact(state, (long) number.getAsInt(), a[0], a[1], a[2], a[3], a[4]);
        if (result != -1) {
          return result;
        }
        int error = (int) ERRNO.get(state, 0L);
        if (error != Errno.EINTR.number()) {
          throw new SystemCallException(name, error);
        }
      }
    } catch (SystemCallException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Refuses a virtual thread, which may move between kernel threads.
  static void requirePlatformThread() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("a restriction binds a platform thread, this one is virtual");
    }
  }
}
