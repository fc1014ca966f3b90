package lazaret.mirror.following;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import lazaret.mirror.outbound.FileClient.Fetched;
import lazaret.vetting.Bytes;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// The bytes of a dump, which are fetched in parts while they are read. A reader that ends early
/// spares the rest. All parts are of one dump. Not thread-safe.
final class DumpStream extends InputStream {
  /// The length of a part, in bytes: one is in heap at a time.
  static final int PART = 16 << 20;

  private final RegistryFiles files;
  private final FollowBudget budget;
  private final Validators validators;
  private final long total;
  private Bytes part;
  private int at;
  private long fetched;

  /// Thrown if the bytes of a day are used up.
  static final class SpentException extends IOException {
    private static final long serialVersionUID = 1L;

    private SpentException() {
      super("the bytes of this day are used up");
    }
  }

  private DumpStream(RegistryFiles files, FollowBudget budget, Fetched.Received first) {
    this.files = files;
    this.budget = budget;
    this.validators = first.validators();
    this.total = first.total();
    this.part = first.body();
    this.fetched = first.body().length();
  }

  /// Begins to fetch a dump, or returns empty if it is the known one.
  ///
  /// @param known the validators of the known dump, or [Validators#NONE]
  /// @throws SpentException if the bytes of this day are used up
  /// @throws IOException if its first part cannot be fetched
  static Optional<DumpStream> open(RegistryFiles files, FollowBudget budget, Validators known)
      throws IOException {
    return switch (next(files, budget, 0, known)) {
      case Fetched.NotModified _ -> Optional.empty();
      case Fetched.Received first -> Optional.of(new DumpStream(files, budget, first));
      case Fetched.Failed failed -> throw new IOException(failed.why());
    };
  }

  private static Fetched next(RegistryFiles files, FollowBudget budget, long from, Validators known)
      throws IOException {
    if (budget.isSpent()) {
      throw new SpentException();
    }
    try {
      budget.awaitTurn();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException ended = new InterruptedIOException("following ends");
      ended.initCause(e);
      throw ended;
    }
    Fetched fetched = files.dump(from, PART, known);
    switch (fetched) {
      case Fetched.Received received -> budget.received(received.body().length());
      case Fetched.Failed(String _, Duration retryAfter, _) -> {
        if (retryAfter != null) {
          budget.pause(retryAfter);
        }
      }
      case Fetched.NotModified _ -> {
        // It has no body.
      }
    }
    return fetched;
  }

  /// Returns the entity tag of the dump; null if it has none.
  @Nullable String etag() {
    return validators.etag();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == part.length()) {
      if (fetched >= total) {
        return -1;
      }
      fetch();
    }
    int count = Math.min(length, part.length() - at);
    System.arraycopy(part.array(), at, to, offset, count);
    at += count;
    return count;
  }

  private void fetch() throws IOException {
    switch (next(files, budget, fetched, Validators.NONE)) {
      case Fetched.Received more -> {
        if (more.total() != total || !more.validators().equals(validators)) {
          throw new IOException("the dump was replaced while it was read");
        }
        if (more.body().length() == 0) {
          throw new IOException("expected a part of the dump, found nothing");
        }
        part = more.body();
        at = 0;
        fetched += part.length();
      }
      case Fetched.NotModified _ ->
          throw new IOException("expected a part of the dump, found 'not modified'");
      case Fetched.Failed failed -> throw new IOException(failed.why());
    }
  }
}
