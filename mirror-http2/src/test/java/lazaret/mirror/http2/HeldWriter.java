package lazaret.mirror.http2;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// The writer of a socket. Each call waits until the test permits it.
final class HeldWriter implements DataWriter {
  private final Semaphore permits = new Semaphore(0);
  private final BlockingQueue<byte[]> begun = new LinkedBlockingQueue<>();
  private final List<byte[]> written = new ArrayList<>();
  private volatile @Nullable IOException failure;

  /// Waits until a thread waits for an event without a time limit, or has ended.
  static void awaitWait(Thread thread) {
    while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  /// Waits until a thread waits for an event with a time limit, or has ended.
  static void awaitTimedWait(Thread thread) {
    while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  /// Permits calls.
  void permit(int calls) {
    permits.release(calls);
  }

  /// Lets the current call and all later ones fail.
  void fail(IOException with) {
    failure = with;
    permits.release(1_000);
  }

  /// Waits for the next call to begin, and returns its bytes.
  byte[] awaitCall() throws InterruptedException {
    return begun.take();
  }

  /// Returns the number of bytes of each call that has ended.
  List<Integer> sizes() {
    synchronized (written) {
      return written.stream().map(call -> call.length).toList();
    }
  }

  /// Returns the bytes of all calls that have ended.
  byte[] all() {
    var all = new ByteArrayOutputStream();
    synchronized (written) {
      written.forEach(all::writeBytes);
    }
    return all.toByteArray();
  }

  @Override
  public void writeNow(BufferData buffer) {
    byte[] bytes = buffer.readBytes();
    begun.add(bytes);
    try {
      permits.acquire();
    } catch (InterruptedException _) {
      throw new UncheckedIOException(new InterruptedIOException("closed by an interrupt"));
    }
    IOException with = failure;
    if (with != null) {
      throw new UncheckedIOException(with);
    }
    synchronized (written) {
      written.add(bytes);
    }
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void write(BufferData... buffers) {
    writeNow(buffers);
  }

  @Override
  public void write(BufferData buffer) {
    writeNow(buffer);
  }
}
