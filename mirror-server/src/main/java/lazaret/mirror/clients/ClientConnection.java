package lazaret.mirror.clients;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// One client connection and its state: a request head arrives, requests are answered, or it is
/// idle. Several requests may be in progress (HTTP/2). Thread-safe.
public final class ClientConnection {
  /// The rate in bytes per second below which a client that takes its answer is too slow.
  private static final long MIN_BYTES_PER_SECOND = 4_096;

  private static final long LONGEST = 15L * 60 * 1_000_000_000L;

  /// The beginning of the head of a connection that is not counted any more.
  private static final long FORGOTTEN = Long.MIN_VALUE;

  /// The count of answers of a connection that is being closed.
  private static final int CLOSING = Integer.MIN_VALUE / 2;

  /// The time within which a client sends the first bytes on a connection, even if all processors
  /// are busy.
  private static final long NEW = 200_000_000L;

  private static final String FULL_TEXT =
      "cannot accept a connection: expected a free place, found all in use; try again in 1 s\n";

  private static final byte[] FULL =
      ("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n"
              + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: "
              + FULL_TEXT.length()
              + "\r\n\r\n"
              + FULL_TEXT)
          .getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final String socketId;
  private final InetSocketAddress peer;
  private final AtomicInteger incomplete;
  private final AtomicInteger answering = new AtomicInteger();
  private final AtomicInteger sending = new AtomicInteger();
  private final AtomicLong headSince;
  private volatile long since = System.nanoTime();
  private volatile long patience;
  private volatile boolean settled;
  private volatile boolean busy;
  private volatile boolean framed;
  private volatile Client client;
  // guarded by the lock of Connections
  private String key;

  /// Creates an open connection.
  ///
  /// @param incomplete the count of connections without a whole request head; includes this one
  ClientConnection(SocketChannel channel, InetSocketAddress peer, AtomicInteger incomplete) {
    this.channel = channel;
    this.socketId = "0x" + HexFormat.of().toHexDigits(System.identityHashCode(channel));
    this.peer = peer;
    this.incomplete = incomplete;
    this.client = Client.of(peer);
    this.key = client.sourceKey();
    this.headSince = new AtomicLong(moment());
    incomplete.incrementAndGet();
  }

  /// Returns the current time, never 0.
  private static long moment() {
    long now = System.nanoTime();
    return now == 0 ? 1 : now;
  }

  /// Returns the client at the other end, before any header of a request is read.
  public Client client() {
    return client;
  }

  void identify(Client named) {
    client = named;
  }

  InetSocketAddress peer() {
    return peer;
  }

  String key() {
    return key;
  }

  void count(String as) {
    key = as;
  }

  /// Records the first bytes of a request head.
  void headBegan() {
    if (headSince.compareAndSet(0, moment())) {
      incomplete.incrementAndGet();
    }
  }

  /// Records that no part of a request head is outstanding. The first head of a connection ends
  /// with its request.
  void headEnded() {
    if (settled) {
      clearHead();
    }
  }

  private void clearHead() {
    long began = headSince.get();
    if (isHead(began) && headSince.compareAndSet(began, 0)) {
      incomplete.decrementAndGet();
    }
  }

  private static boolean isHead(long began) {
    return began != 0 && began != FORGOTTEN;
  }

  boolean responds() {
    return answering.get() > 0;
  }

  /// Records that the thread of the connection waits for bytes of the client.
  void awaits() {
    busy = false;
  }

  /// Records that the thread of the connection has bytes of the client.
  void arrived() {
    busy = true;
  }

  /// Records that the client uses HTTP/2, before the server responds to any frame.
  void framed() {
    framed = true;
  }

  /// Returns whether the client waits for the server, which has not read or parsed all that the
  /// client sent.
  boolean waitsForServer() {
    try {
      return busy || channel.socket().getInputStream().available() > 0;
    } catch (IOException _) {
      // closed
      return false;
    }
  }

  /// Records a request whose head is complete and that is being answered.
  public void began() {
    answering.incrementAndGet();
    settled = true;
    clearHead();
    since = System.nanoTime();
  }

  /// Records that an answer is about to be sent.
  public void sends(long bytes) {
    since = System.nanoTime();
    patience = Math.max(patience, bytes * 1_000_000_000L / MIN_BYTES_PER_SECOND);
    sending.incrementAndGet();
  }

  /// Records that an answer has been sent, or could not be.
  ///
  /// @param sent whether its sending had begun
  public void ended(boolean sent) {
    if (sent && sending.decrementAndGet() == 0) {
      patience = 0;
    }
    answering.decrementAndGet();
    since = System.nanoTime();
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /// Returns whether this is the connection of a request. A client that breaks a connection and
  /// opens one from the same port gets an equal address, while the former request is answered.
  ///
  /// @param named the id of the request's socket; the library makes it of the identity of the
  ///   channel
  boolean isSocket(String named) {
    return socketId.equals(named);
  }

  /// Writes bytes to a client without TLS in one call of the kernel, if it has space for them. The
  /// writer of the HTTP library, which keeps nothing back, can write only one array at a time. Only
  /// the thread that responds on the connection calls this.
  ///
  /// @param parts in order; all of their remaining bytes are written, and the last one has some
  /// @throws IOException if the connection is closed or breaks
  public void write(ByteBuffer... parts) throws IOException {
    while (parts[parts.length - 1].hasRemaining()) {
      long _ = channel.write(parts);
    }
  }

  /// Returns whether a request head is overdue.
  boolean headOverdue(long now, long allowed) {
    long began = headSince.get();
    return isHead(began) && now - began > allowed;
  }

  boolean headIncomplete() {
    return isHead(headSince.get());
  }

  /// Returns whether the client makes no progress with an answer or the next request.
  boolean tooSlow(long now, long idle) {
    if (answering.get() > sending.get()) {
      // The client waits for the server.
      return false;
    }
    return now - since > Math.min(LONGEST, idle + patience);
  }

  /// Returns the beginning of the current state, for the order in which connections are closed.
  long stateSince() {
    long head = headSince.get();
    return isHead(head) ? head : since;
  }

  /// Returns whether the first bytes of the client may still be on their way.
  boolean isNew(long now) {
    return !settled && now - stateSince() < NEW;
  }

  /// Closes the connection for lack of places, unless a request is being answered.
  ///
  /// @param plain whether the connection is without TLS
  /// @return whether it was closed
  boolean closeUnlessResponding(boolean plain) {
    if (!answering.compareAndSet(0, CLOSING)) {
      return false;
    }
    if (plain) {
      refuse();
    }
    abort();
    return true;
  }

  /// Responds with 503 to the request that a client without TLS is about to send, if it is its
  /// first one. cargo repeats a request after this status, and does not after a new connection that
  /// ends without a response. The response fits into the send buffer, which is empty before the
  /// first request of HTTP/1.1. Over HTTP/2 a client can fill it with responses to its frames, and
  /// a write would block.
  void refuse() {
    if (settled || framed) {
      return;
    }
    try {
      int _ = channel.write(ByteBuffer.wrap(FULL));
    } catch (IOException _) {
      // closed
    }
  }

  /// Closes the connection at once.
  public void abort() {
    try {
      channel.close();
    } catch (IOException _) {
      // it is unusable in both cases
    }
  }

  /// Ends the count of a connection that is closed. Bytes that its thread still reads begin no
  /// head.
  void forget() {
    if (isHead(headSince.getAndSet(FORGOTTEN))) {
      incomplete.decrementAndGet();
    }
  }
}
