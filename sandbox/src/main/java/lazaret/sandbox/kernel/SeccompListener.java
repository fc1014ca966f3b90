package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import lazaret.sandbox.filter.Errno;

/// The listener for calls that a filter suspends. The kernel answers ENOSYS after it is released or
/// this process dies.
///
/// One thread receives and answers; any thread may close. Source: seccomp_unotify(2),
/// linux/seccomp.h.
public final class SeccompListener implements AutoCloseable {
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int SET_MODE_FILTER = 1;
  private static final int NEW_LISTENER = 1 << 3;
  private static final int WAIT_KILLABLE_RECV = 1 << 5;

  private static final int INSTRUCTION = 8;
  private static final int PROGRAM = 16;

  private static final long RECEIVE = 0xc050_2100L;
  private static final long SEND = 0xc018_2101L;
  private static final long ID_VALID = 0x4008_2102L;
  private static final long ADD_DESCRIPTOR = 0x4018_2103L;
  private static final long SET_FLAGS = 0x4008_2104L;
  private static final long SYNC_WAKE_UP = 1;
  private static final int REQUEST = 80;
  private static final int THREAD_AT = 8;
  private static final int NUMBER_AT = 16;
  private static final int ARGUMENTS_AT = 32;
  private static final int ARGUMENTS = 6;
  private static final int ANSWER = 24;
  private static final int ERROR_AT = 16;
  private static final int FLAGS_AT = 20;
  private static final int CONTINUE = 1;
  private static final int HANDOUT = 24;
  private static final int SOURCE_AT = 12;
  private static final int HANDOUT_FLAGS_AT = 20;
  private static final int HANDOUT_OPTIONS_AT = 8;
  private static final int SEND_TOO = 1 << 1;

  private final DescriptorPoll waiter;

  private SeccompListener(DescriptorPoll waiter) {
    this.waiter = waiter;
  }

  /// Installs a filter on the calling thread and the processes that it starts later, and returns
  /// its listener. See the rules about threads in the package documentation.
  ///
  /// @param filter an array of `struct sock_filter`
  /// @throws SystemCallException if the kernel refuses, with EBUSY if the thread has a listener
  ///   already
  public static SeccompListener listen(byte[] filter) throws SystemCallException {
    SystemCalls.requirePlatformThread();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment instructions = arena.allocate(filter.length, INSTRUCTION);
      MemorySegment.copy(filter, 0, instructions, ValueLayout.JAVA_BYTE, 0, filter.length);
      MemorySegment program = arena.allocate(PROGRAM, INSTRUCTION);
      program.set(ValueLayout.JAVA_SHORT, 0, (short) (filter.length / INSTRUCTION));
      program.set(ValueLayout.ADDRESS, 8, instructions);
      SystemCalls.call("prctl", PR_SET_NO_NEW_PRIVS, 1);
      int listener = (int) install(program.address());
      wakeAtOnce(listener);
      return new SeccompListener(DescriptorPoll.on(listener));
    }
  }

  /// Requests synchronous wake-ups. The answer is given on the processor of the caller, which
  /// halves the time of a call.
  private static void wakeAtOnce(int listener) throws SystemCallException {
    try {
      SystemCalls.call("ioctl", listener, SET_FLAGS, SYNC_WAKE_UP);
    } catch (SystemCallException e) {
      // Linux before 6.6 lacks this flag.
      if (!e.is(Errno.EINVAL)) {
        throw e;
      }
    }
  }

  private static long install(long program) throws SystemCallException {
    try {
      // With this flag, a signal does not interrupt a received call, so a call is not repeated.
      return SystemCalls.call(
          "seccomp", SET_MODE_FILTER, NEW_LISTENER | WAIT_KILLABLE_RECV, program);
    } catch (SystemCallException e) {
      if (!e.is(Errno.EINVAL)) {
        throw e;
      }
      // Linux before 5.19 lacks the flag.
      return SystemCalls.call("seccomp", SET_MODE_FILTER, NEW_LISTENER, program);
    }
  }

  /// Waits for a call and returns it. The result is empty after [#close], or if no process has the
  /// filter any more.
  public Optional<SeccompNotification> receive() throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      while (waiter.await() >= 0) {
        MemorySegment request = arena.allocate(REQUEST, INSTRUCTION);
        try {
          SystemCalls.call("ioctl", waiter.descriptor(0), RECEIVE, request.address());
        } catch (SystemCallException e) {
          // The caller was killed meanwhile.
          if (e.is(Errno.ENOENT)) {
            continue;
          }
          throw e;
        }
        List<Long> arguments =
            LongStream.range(0, ARGUMENTS)
                .mapToObj(i -> request.get(ValueLayout.JAVA_LONG, ARGUMENTS_AT + i * Long.BYTES))
                .toList();
        return Optional.of(
            new SeccompNotification(
                request.get(ValueLayout.JAVA_LONG, 0),
                request.get(ValueLayout.JAVA_INT, THREAD_AT),
                request.get(ValueLayout.JAVA_INT, NUMBER_AT),
                arguments));
      }
      return Optional.empty();
    }
  }

  /// Returns whether the caller still waits. If it does, data read from its `/proc` folder before
  /// was its own.
  public boolean isWaiting(SeccompNotification call) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment id = arena.allocateFrom(ValueLayout.JAVA_LONG, call.id());
      SystemCalls.call("ioctl", waiter.descriptor(0), ID_VALID, id.address());
      return true;
    } catch (SystemCallException e) {
      if (e.is(Errno.ENOENT)) {
        return false;
      }
      throw e;
    }
  }

  /// Makes the call fail with an error.
  public void deny(SeccompNotification call, Errno error) throws SystemCallException {
    respond(call, -error.number(), 0);
  }

  /// Lets the kernel perform the call with the current memory of the caller. It must be used only
  /// for calls that another mechanism restricts.
  public void letBe(SeccompNotification call) throws SystemCallException {
    respond(call, 0, CONTINUE);
  }

  private void respond(SeccompNotification call, int error, int flags) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(ANSWER, INSTRUCTION);
      answer.set(ValueLayout.JAVA_LONG, 0, call.id());
      answer.set(ValueLayout.JAVA_INT, ERROR_AT, error);
      answer.set(ValueLayout.JAVA_INT, FLAGS_AT, flags);
      ask(SEND, answer);
    }
  }

  /// Makes the call return a copy of a descriptor of this process.
  ///
  /// @param call the call
  /// @param socket the descriptor
  /// @param flags `O_CLOEXEC` or 0
  public void handOut(SeccompNotification call, DeadSocket socket, int flags)
      throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handout = arena.allocate(HANDOUT, INSTRUCTION);
      handout.set(ValueLayout.JAVA_LONG, 0, call.id());
      handout.set(ValueLayout.JAVA_INT, HANDOUT_OPTIONS_AT, SEND_TOO);
      handout.set(ValueLayout.JAVA_INT, SOURCE_AT, socket.descriptor());
      handout.set(ValueLayout.JAVA_INT, HANDOUT_FLAGS_AT, flags);
      ask(ADD_DESCRIPTOR, handout);
    }
  }

  private void ask(long request, MemorySegment argument) throws SystemCallException {
    try {
      SystemCalls.call("ioctl", waiter.descriptor(0), request, argument.address());
    } catch (SystemCallException e) {
      // The caller was killed, so the answer is not needed.
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
  }

  /// Ends [#receive] permanently, as soon as no data is left to read. The receiving thread closes
  /// the descriptor, see [#release].
  @Override
  public void close() {
    waiter.stop();
  }

  /// Closes the descriptor. Waiting and later calls fail with ENOSYS. The receiving thread must
  /// call it once, after its last call.
  public void release() {
    waiter.release();
  }
}
