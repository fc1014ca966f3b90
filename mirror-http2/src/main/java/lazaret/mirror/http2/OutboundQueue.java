package lazaret.mirror.http2;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The frames of one connection that wait for its socket. Frames that are added during a write are
/// written together afterwards: one call, and full TLS records.
///
/// A virtual thread writes, and ends when all is written. A thread that adds frames cannot write
/// for the others: it has the library's lock of the connection, without which other streams cannot
/// add theirs. At most two buffers are in use, one being filled and one being written; an addition
/// waits for room. Thread-safe; one thread at a time may call [#add].
final class OutboundQueue {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private final DataWriter writer;
  private final OutboundBuffers buffers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // The fields below are guarded by the lock.
  private byte @Nullable [] gathered;
  private int size;
  // Runs as long as there are gathered bytes or they are being written.
  private @Nullable Thread thread;
  private @Nullable IOException failure;

  /// Creates an empty queue.
  ///
  /// @param writer writes to the socket
  OutboundQueue(DataWriter writer, OutboundBuffers buffers) {
    this.writer = writer;
    this.buffers = buffers;
  }

  /// Adds bytes, and waits until the last of them are in a buffer. They are written in the calling
  /// thread, after those that were added before, if all buffers of the listener are in use. An
  /// interrupt during the wait closes the socket, as an interrupt of a write to it does.
  ///
  /// @throws UncheckedIOException if a write failed, which ends the connection
  void add(BufferData bytes) {
    if (gather(bytes)) {
      return;
    }
    IOException failed = write(bytes);
    if (failed != null) {
      fail(failed);
      throw new UncheckedIOException(failed);
    }
  }

  /// Copies bytes into buffers. Returns false if there is no buffer for the rest, all others are
  /// written, and the caller has to write the rest.
  private boolean gather(BufferData bytes) {
    boolean interrupted = false;
    lock.lock();
    try {
      while (bytes.available() > 0) {
        if (failure != null) {
          throw new UncheckedIOException(failure);
        }
        if (gathered == null) {
          gathered = buffers.take();
        }
        if (gathered != null && size < gathered.length) {
          copy(bytes, gathered);
        } else if (thread == null) {
          return false;
        } else {
          try {
            changed.await();
          } catch (InterruptedException _) {
            interrupted = true;
            interruptWriter();
          }
        }
      }
      return true;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void copy(BufferData bytes, byte[] into) {
    int length = Math.min(into.length - size, bytes.available());
    bytes.read(into, size, length);
    size += length;
    if (thread == null) {
      thread = Thread.ofVirtual().name("http2-write").start(this::run);
    }
  }

  /// Passes an interrupt on to the thread that writes. This closes the socket: the thread is in a
  /// write, or the full buffer is its next one. If it has just ended without one, the rest is
  /// written by the interrupted thread itself, or fits into a buffer.
  private void interruptWriter() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    while (true) {
      byte[] buffer;
      int length;
      lock.lock();
      try {
        changed.signalAll();
        if (gathered == null) {
          thread = null;
          return;
        }
        buffer = gathered;
        length = size;
        gathered = null;
        size = 0;
      } finally {
        lock.unlock();
      }
      IOException failed = write(BufferData.createReadOnly(buffer, 0, length));
      buffers.give(buffer);
      if (failed != null) {
        fail(failed);
      }
    }
  }

  /// Writes bytes, and returns the failure; null if there was none.
  private @Nullable IOException write(BufferData bytes) {
    try {
      writer.writeNow(bytes);
      return null;
    } catch (UncheckedIOException e) {
      return e.getCause();
    } catch (RuntimeException | Error e) {
      // Others wait for the end of this write in any case.
      return new IOException(e);
    }
  }

  private void fail(IOException cause) {
    lock.lock();
    try {
      failure = cause;
      if (gathered != null) {
        buffers.give(gathered);
        gathered = null;
        size = 0;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns whether a write failed. All additions fail from then on.
  boolean isFailed() {
    lock.lock();
    try {
      return failure != null;
    } finally {
      lock.unlock();
    }
  }

  /// Returns whether all gathered bytes are written, or cannot be written any more.
  boolean isWritten() {
    lock.lock();
    try {
      return thread == null;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until all gathered bytes are written, or cannot be written any more. The wait ends early
  /// if the calling thread is interrupted, and after ten seconds.
  void flush() {
    lock.lock();
    try {
      long left = PATIENCE;
      while (thread != null && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
