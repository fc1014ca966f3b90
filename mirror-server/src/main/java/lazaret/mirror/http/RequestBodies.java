package lazaret.mirror.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalLong;
import lazaret.mirror.budget.Reservation;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.budget.TransferWatch.Transfer;
import lazaret.vetting.Bytes;

/// A reader of request bodies into memory that is reserved first.
public final class RequestBodies {
  private static final int FIRST = 16 << 10;
  private static final int STEP = 64 << 10;
  private static final int DROPPED = 1 << 20;

  private RequestBodies() {}

  /// The result of reading a body.
  public sealed interface Read {
    /// The whole body.
    record Whole(Bytes bytes) implements Read {}

    /// A body over the limit; the rest was not read.
    record TooLong() implements Read {}

    /// A body for which memory cannot be reserved at the moment.
    record MemoryExhausted() implements Read {}
  }

  /// The limits of one body.
  ///
  /// @param limit the maximum length in bytes
  /// @param multiple the bytes of heap that each of its bytes uses until the response is made
  /// @param memory reserves them
  public record Limits(int limit, int multiple, Reservation memory) {
    private boolean take(long bytes) {
      return memory.add(bytes * multiple, ServerBudgets.PATIENCE);
    }
  }

  /// Reads a body.
  ///
  /// @param announced its length, if the client announced it
  /// @param transfer counts the bytes that arrive
  static Read read(InputStream in, OptionalLong announced, Limits limits, Transfer transfer) {
    try {
      if (announced.isPresent()) {
        return announced.getAsLong() > limits.limit()
            ? new Read.TooLong()
            : whole(in, Math.toIntExact(announced.getAsLong()), limits, transfer);
      }
      return growing(in, limits, transfer);
    } catch (IOException e) {
      throw new UncheckedIOException("the client's body broke off", e);
    }
  }

  /// Reads and drops the rest of a body.
  ///
  /// @return false if the rest is longer than 1 MiB
  static boolean drop(InputStream in, Transfer transfer) {
    byte[] piece = new byte[4 << 10];
    try {
      for (int dropped = 0; dropped <= DROPPED; ) {
        int read = in.read(piece);
        if (read <= 0) {
          return true;
        }
        dropped += read;
        transfer.moved(read);
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("the client's body broke off", e);
    }
  }

  private static Read whole(InputStream in, int length, Limits limits, Transfer transfer)
      throws IOException {
    if (!limits.take(length)) {
      return new Read.MemoryExhausted();
    }
    byte[] body = new byte[length];
    int at = 0;
    while (at < length) {
      int read = in.read(body, at, Math.min(STEP, length - at));
      if (read < 0) {
        return new Read.Whole(Bytes.copyOf(body, 0, at));
      }
      at += read;
      transfer.moved(read);
    }
    return new Read.Whole(Bytes.of(body));
  }

  private static Read growing(InputStream in, Limits limits, Transfer transfer) throws IOException {
    byte[] body = new byte[0];
    int at = 0;
    while (true) {
      if (at == body.length) {
        int longer = Math.clamp(2L * at, FIRST, limits.limit() + 1);
        if (at > limits.limit()) {
          return new Read.TooLong();
        }
        if (!limits.take(longer - at)) {
          return new Read.MemoryExhausted();
        }
        body = Arrays.copyOf(body, longer);
      }
      int read = in.read(body, at, Math.min(STEP, body.length - at));
      if (read < 0) {
        return new Read.Whole(Bytes.copyOf(body, 0, at));
      }
      at += read;
      transfer.moved(read);
    }
  }
}
