package lazaret.mirror.outbound;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// A receiver of one response from the JDK's client into memory, within a limit. Another thread can
/// watch its progress. The body of any status other than 200 and 206 is drained and dropped,
/// because it has no use.
///
/// The client calls the subscriber's methods one after the other, from its threads.
final class BodyCollector
    implements HttpResponse.BodyHandler<Bytes>, HttpResponse.BodySubscriber<Bytes> {
  /// The number of bytes of an unneeded body that are read, so that the connection can be used
  /// again.
  private static final long DRAINED = 64 * 1024;

  /// A body that is longer than its limit.
  static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
      super(message);
    }
  }

  /// A body for which there is no memory at the moment.
  static final class MemoryExhaustedException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final long limit;
  private final BodyMemory room;
  private final LongConsumer counter;
  private final CompletableFuture<Bytes> body = new CompletableFuture<>();
  private final List<ByteBuffer> parts = new ArrayList<>();
  private final CompletableFuture<Boolean> headers = new CompletableFuture<>();
  private volatile long received;
  private volatile Flow.@Nullable Subscription subscription;
  private boolean wanted;
  private OptionalLong announced = OptionalLong.empty();

  // Both guarded by this: pieces may still arrive while the waiting caller gives up.
  private long taken;
  private boolean freed;

  /// Creates a receiver for one response.
  ///
  /// @param limit the maximum size in bytes of a body with status 200 or 206
  /// @param room shared with all other bodies; the caller must call [#free] in every outcome
  /// @param counter receives the size of every piece that arrives
  BodyCollector(long limit, BodyMemory room, LongConsumer counter) {
    this.limit = limit;
    this.room = room;
    this.counter = counter;
  }

  /// Returns whether the body of a response with a status is kept: the file or a part of it.
  static boolean hasContent(int status) {
    return status == 200 || status == 206;
  }

  /// Returns a future that completes when the headers have arrived.
  CompletableFuture<Boolean> headers() {
    return headers;
  }

  /// Returns the bytes of the body that have arrived.
  long received() {
    return received;
  }

  /// Returns the length that the response announced; empty if it announced none.
  OptionalLong announced() {
    return announced;
  }

  /// Ends the transfer; the response fails.
  void cancel() {
    Flow.Subscription running = subscription;
    if (running != null) {
      running.cancel();
    }
  }

  private synchronized boolean take(long size) {
    boolean free = !freed && room.take(size);
    taken += free ? size : 0;
    return free;
  }

  /// Releases the memory. Pieces that arrive later are refused.
  synchronized void free() {
    freed = true;
    room.release(taken);
    taken = 0;
  }

  @Override
  public HttpResponse.BodySubscriber<Bytes> apply(HttpResponse.ResponseInfo info) {
    wanted = hasContent(info.statusCode());
    announced = info.headers().firstValueAsLong("content-length");
    headers.complete(true);
    return this;
  }

  @Override
  public CompletionStage<Bytes> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    if (wanted && announced.isPresent() && announced.getAsLong() > limit) {
      refuse(tooLarge(announced.getAsLong() + " bytes were announced"));
    } else {
      newSubscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (body.isDone()) {
      return;
    }
    long size = 0;
    for (ByteBuffer buffer : buffers) {
      size += buffer.remaining();
    }
    counter.accept(size);
    long total = received + size;
    received = total;
    if (!wanted) {
      if (total > DRAINED) {
        cancel();
        body.complete(Bytes.EMPTY);
      }
    } else if (total > limit) {
      refuse(tooLarge("more arrived"));
    } else if (!take(size)) {
      refuse(new MemoryExhaustedException());
    } else {
      parts.addAll(buffers);
    }
  }

  private TooLargeException tooLarge(String found) {
    return new TooLargeException("at most " + limit + " bytes are accepted, " + found);
  }

  private void refuse(Exception why) {
    cancel();
    parts.clear();
    body.completeExceptionally(why);
  }

  @Override
  public void onError(Throwable failure) {
    parts.clear();
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    byte[] whole = new byte[wanted ? Math.toIntExact(received) : 0];
    int at = 0;
    for (ByteBuffer part : parts) {
      int length = part.remaining();
      part.get(whole, at, length);
      at += length;
    }
    parts.clear();
    body.complete(Bytes.of(whole));
  }
}
