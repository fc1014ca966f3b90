package lazaret.mirror.http2;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.webserver.CloseConnectionException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A reader of the frames that a client sends on one HTTP/2 connection. It supplies the library
/// with frames that it handles safely. It holds at most one frame and one header block. A client
/// that breaks a rule or a limit gets GOAWAY. Only the thread that reads the connection uses it.
final class InboundGuard implements Supplier<byte[]> {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_FRAME = 16_384;

  /// The number of bytes after which the frames so far are passed on.
  private static final int BATCH = 8_192;

  /// The content size below which DATA frames are counted, unless they end a stream.
  private static final int SMALL = 256;

  private final DataReader source;
  private final Parts parts;
  private final FrameBuffer out = new FrameBuffer();
  private final HeaderDecoder decoder = new HeaderDecoder();
  private final HeaderRewriter rewriter = new HeaderRewriter(out);
  private final HeaderBlock block = new HeaderBlock();
  private byte[] in = new byte[4_096];
  private int from;
  private int to;
  private boolean prefaceRead;
  private boolean settingsRead;
  private int lastStream;
  private int requestsInBatch;
  private boolean flush;
  private int frameStart;
  private @Nullable RuntimeException ended;

  /// The state that the guard shares with the sending side.
  ///
  /// @param streams the open streams
  /// @param budgets the limits of the connection
  /// @param running the requests that run
  /// @param watch the sending side
  record Parts(
      StreamTable streams, FloodBudgets budgets, RunningRequests running, OutboundWatch watch) {}

  /// Creates a guard.
  ///
  /// @param source supplies the bytes of the client
  InboundGuard(DataReader source, Parts parts) {
    this.source = source;
    this.parts = parts;
  }

  /// Records how the connection began.
  void begin(GuardedContext.Upgrade upgrade) {
    parts.streams.initialWindow(upgrade.window());
    if (upgrade.upgraded()) {
      lastStream = 1;
      parts.streams.begin(1, true);
    }
  }

  /// Returns the next frames. At the end of the connection, for any cause, these are resets of all
  /// open streams. Without them the library leaves requests waiting for their bodies.
  @Override
  public byte[] get() {
    if (ended != null) {
      throw ended;
    }
    try {
      parts.watch.checkReader();
      return next();
    } catch (RuntimeException e) {
      ended = e;
      return last(e);
    }
  }

  private byte[] last(RuntimeException end) {
    out.cut(frameStart);
    for (int stream : parts.streams.all()) {
      out.header(4, FrameType.RST_STREAM, 0, stream);
      out.word(Http2ErrorCode.CANCEL.code());
    }
    if (out.size() == 0) {
      throw end;
    }
    // An interrupt that ended the wait for the client must not end the handling of the resets.
    boolean _ = Thread.interrupted();
    return out.take();
  }

  private byte[] next() {
    frameStart = 0;
    requestsInBatch = 0;
    flush = false;
    while (true) {
      while (!flush && out.size() < BATCH && (prefaceRead ? frame() : preface())) {
        // passes all complete frames
      }
      if (out.size() > 0) {
        return out.take();
      }
      fill();
    }
  }

  private void fill() {
    BufferData more;
    try {
      more = source.readBuffer();
    } catch (DataReader.InsufficientDataAvailableException e) {
      throw new CloseConnectionException("the client closed the connection", e);
    }
    int length = more.available();
    int held = to - from;
    if (to + length > in.length) {
      byte[] into = held + length > in.length ? new byte[held + length] : in;
      System.arraycopy(in, from, into, 0, held);
      in = into;
      from = 0;
      to = held;
    }
    more.read(in, to, length);
    to += length;
  }

  private boolean preface() {
    int length = Math.min(to - from, PREFACE.length);
    if (!Arrays.equals(in, from, from + length, PREFACE, 0, length)) {
      throw Http2Violation.protocol("no connection preface");
    }
    if (length < PREFACE.length) {
      return false;
    }
    out.write(PREFACE, 0, PREFACE.length);
    from += PREFACE.length;
    prefaceRead = true;
    return true;
  }

  /// Handles the next frame; returns false if it is incomplete, or has to wait for the next batch.
  private boolean frame() {
    if (to - from < FrameType.HEADER) {
      return false;
    }
    int length = FrameBuffer.word(in, from) >>> 8;
    FrameType type = FrameType.of(in[from + 3] & 0xFF);
    int flags = in[from + 4] & 0xFF;
    int stream = FrameBuffer.word(in, from + 5) & Integer.MAX_VALUE;
    if (length > MAX_FRAME) {
      throw Http2Violation.frameSize("frame of " + length + " bytes");
    }
    if (to - from < FrameType.HEADER + length) {
      return false;
    }
    if (waits(type)) {
      flush = true;
      return false;
    }
    from += FrameType.HEADER;
    frameStart = out.size();
    check(type, flags, stream);
    handle(type, flags, stream, length);
    from += length;
    if (from == to) {
      from = 0;
      to = 0;
    }
    return true;
  }

  /// Returns whether the library must process the frames so far before this one is checked. It
  /// counts requests and removes streams only then.
  private boolean waits(FrameType type) {
    return requestsInBatch > 0
        && switch (type) {
          case DATA, RST_STREAM -> true;
          case HEADERS, CONTINUATION ->
              parts.running.count() + requestsInBatch >= RunningRequests.LIMIT;
          case PRIORITY, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, UNKNOWN -> false;
        };
  }

  private void check(FrameType type, int flags, int stream) {
    parts.budgets.serverResets.check();
    if (!settingsRead) {
      if (type != FrameType.SETTINGS || (flags & FrameType.ACK) != 0) {
        throw Http2Violation.protocol("first frame is not SETTINGS");
      }
      settingsRead = true;
    }
    if (block.stream() != 0 && (type != FrameType.CONTINUATION || stream != block.stream())) {
      throw Http2Violation.protocol("header block interrupted by another frame");
    }
  }

  private void handle(FrameType type, int flags, int stream, int length) {
    switch (type) {
      case DATA -> data(flags, stream, length);
      case HEADERS -> headers(flags, stream, length);
      case CONTINUATION -> continuation(flags, length);
      case PRIORITY -> {
        Http2Violation.require(stream != 0, "PRIORITY on the connection");
        Http2Violation.requireLength(type, length == 5, length);
        parts.budgets.priorities.spend();
      }
      case RST_STREAM -> reset(stream, length);
      case SETTINGS -> settings(flags, stream, length);
      case PUSH_PROMISE -> throw Http2Violation.protocol("PUSH_PROMISE of a client");
      case PING -> ping(flags, stream, length);
      case GOAWAY -> {
        Http2Violation.require(stream == 0, "GOAWAY on a stream");
        Http2Violation.requireLength(type, length >= 8, length);
        // The library would leave the open streams at once; the client closes the connection.
        parts.budgets.settings.spend();
      }
      case WINDOW_UPDATE -> window(stream, length);
      case UNKNOWN -> parts.budgets.unknown.spend();
    }
  }

  private void notIdle(FrameType type, int stream) {
    Http2Violation.require(stream != 0, type + " on the connection");
    Http2Violation.require(stream <= lastStream && stream % 2 == 1, type + " on an idle stream");
  }

  private void data(int flags, int stream, int length) {
    notIdle(FrameType.DATA, stream);
    boolean padded = (flags & FrameType.PADDED) != 0;
    boolean ends = (flags & FrameType.END_STREAM) != 0;
    int content = length - (padded ? 1 + padding(FrameType.DATA, length) : 0);
    OpenStream dropped = parts.streams.findReset(stream);
    OpenStream open = dropped == null ? parts.streams.find(stream) : dropped;
    if (open == null || open.clientEnded()) {
      throw Http2Violation.streamClosed("DATA on a closed stream");
    }
    parts.streams.received(open, length);
    if (!ends && content == 0) {
      parts.budgets.emptyData.spend();
    } else if (!ends && content < SMALL) {
      parts.budgets.smallData.spend();
    }
    parts.budgets.received(content);
    if (dropped != null) {
      if (length > 0) {
        parts.watch.credit(length);
      }
    } else if (length > 0 || ends) {
      out.header(length, FrameType.DATA, flags & (FrameType.END_STREAM | FrameType.PADDED), stream);
      out.write(in, from, length);
    }
    if (ends) {
      parts.streams.clientEnds(stream);
    }
  }

  /// Returns the length of the padding.
  private int padding(FrameType type, int length) {
    Http2Violation.requireLength(type, length > 0, length);
    int padding = in[from] & 0xFF;
    Http2Violation.require(padding < length, "padding longer than its frame");
    return padding;
  }

  private void headers(int flags, int stream, int length) {
    Http2Violation.require(stream % 2 == 1, "HEADERS on a stream of the server");
    boolean ends = (flags & FrameType.END_STREAM) != 0;
    OpenStream open = parts.streams.find(stream);
    boolean known = open != null || parts.streams.findReset(stream) != null;
    if (stream <= lastStream && (!known || (open != null && open.clientEnded()))) {
      throw Http2Violation.streamClosed("HEADERS on a closed stream");
    }
    Http2Violation.require(!known || ends, "trailer that does not end its stream");
    int start = 0;
    int end = length;
    if ((flags & FrameType.PADDED) != 0) {
      end -= padding(FrameType.HEADERS, length);
      start = 1;
    }
    if ((flags & FrameType.WITH_PRIORITY) != 0) {
      start += 5;
    }
    Http2Violation.require(start <= end, "padding longer than its frame");
    block.begin(stream, ends);
    block.add(in, from + start, end - start);
    if ((flags & FrameType.END_HEADERS) != 0) {
      endBlock();
    }
  }

  private void continuation(int flags, int length) {
    Http2Violation.require(block.stream() != 0, "CONTINUATION without HEADERS");
    block.continued();
    block.add(in, from, length);
    if ((flags & FrameType.END_HEADERS) != 0) {
      endBlock();
    }
  }

  private void endBlock() {
    int stream = block.stream();
    block.end();
    if (stream > lastStream) {
      lastStream = stream;
      request(stream);
    } else {
      trailer(stream);
    }
  }

  private void request(int stream) {
    int start = out.size();
    int flags = FrameType.END_HEADERS | (block.endsStream() ? FrameType.END_STREAM : 0);
    out.header(0, FrameType.HEADERS, flags, stream);
    rewriter.begin(false);
    block.decode(decoder, rewriter);
    rewriter.end();
    out.patchLength(start);
    parts.budgets.request();
    if (parts.streams.open() >= StreamTable.LIMIT
        || (requestsInBatch == 0 && !parts.running.awaitCapacity())) {
      out.cut(start);
      parts.budgets.refusals.spend();
      parts.streams.refuse(stream, block.endsStream());
      parts.watch.reset(stream, Http2ErrorCode.REFUSED_STREAM);
    } else {
      parts.streams.begin(stream, block.endsStream());
      requestsInBatch++;
    }
  }

  /// Ends a stream by an empty DATA frame: the library ignores the fields of trailers.
  private void trailer(int stream) {
    rewriter.begin(true);
    block.decode(decoder, rewriter);
    if (parts.streams.find(stream) != null) {
      out.header(0, FrameType.DATA, FrameType.END_STREAM, stream);
    }
    parts.streams.clientEnds(stream);
  }

  private void reset(int stream, int length) {
    notIdle(FrameType.RST_STREAM, stream);
    Http2Violation.requireLength(FrameType.RST_STREAM, length == 4, length);
    parts.budgets.resets.spend();
    if (parts.streams.find(stream) != null) {
      parts.streams.clientResets(stream);
      out.header(length, FrameType.RST_STREAM, 0, stream);
      out.write(in, from, length);
    }
  }

  private void settings(int flags, int stream, int length) {
    Http2Violation.require(stream == 0, "SETTINGS on a stream");
    parts.budgets.settings.spend();
    if ((flags & FrameType.ACK) != 0) {
      Http2Violation.requireLength(FrameType.SETTINGS, length == 0, length);
      return;
    }
    long window = ClientSettings.initialWindow(in, from, length);
    parts.streams.initialWindow(window);
    ClientSettings.write(out, window);
  }

  private void ping(int flags, int stream, int length) {
    Http2Violation.require(stream == 0, "PING on a stream");
    Http2Violation.requireLength(FrameType.PING, length == 8, length);
    parts.budgets.pings.spend();
    if ((flags & FrameType.ACK) == 0) {
      out.header(length, FrameType.PING, 0, 0);
      out.write(in, from, length);
    }
  }

  private void window(int stream, int length) {
    Http2Violation.requireLength(FrameType.WINDOW_UPDATE, length == 4, length);
    int increment = FrameBuffer.word(in, from) & Integer.MAX_VALUE;
    Http2Violation.require(increment > 0, "WINDOW_UPDATE by 0");
    parts.budgets.windows.spend();
    if (stream == 0) {
      parts.streams.widen(increment);
    } else {
      notIdle(FrameType.WINDOW_UPDATE, stream);
      OpenStream open = parts.streams.find(stream);
      if (open == null) {
        return;
      }
      parts.streams.widen(open, increment);
    }
    out.header(length, FrameType.WINDOW_UPDATE, 0, stream);
    out.word(increment);
  }
}
