package lazaret.mirror.http;

import io.helidon.common.GenericType;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.media.type.MediaType;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.DateTime;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http.spi.Sink;
import io.helidon.webserver.http.spi.SinkProvider;
import io.helidon.webserver.http.spi.SinkProviderContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import lazaret.mirror.budget.TransferWatch.Transfer;
import lazaret.mirror.clients.ClientConnection;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// A writer of HTTP/1.1 responses. Without TLS, it writes the head and the array of the body at
/// once. With TLS, and for short bodies, it makes the head and the beginning of the body in one
/// array. The library would make an object of each header and a buffer that grows. It finds this
/// class by its service file. Thread-safe.
///
/// Sources: RFC 9112 §2.1, §4; RFC 9110 §5.5 (field values), §6.6.1 (Date), §8.6 (Content-Length).
public final class Http1Writer implements SinkProvider<BufferData> {
  private static final GenericType<Output> OUTPUT = GenericType.create(Output.class);

  private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\ndate: ");
  private static final byte[] NOT_MODIFIED = ascii("HTTP/1.1 304 Not Modified\r\ndate: ");
  private static final String LENGTH = "content-length";

  /// The number of bytes of a field without its name and value.
  private static final int MARKS = ": \r\n".length();

  /// The largest body that is copied behind the head although the connection can write two arrays.
  private static final int SHORT = 4 << 10;

  /// The largest size of the field with the length of the body.
  private static final int LENGTH_FIELD = LENGTH.length() + MARKS + 10;

  /// Called by the library.
  public Http1Writer() {}

  /// Writes a response whole.
  ///
  /// @param response the library's response to a GET request of HTTP/1.1, after which the
  ///   connection stays open
  /// @param transfer counts the bytes of a large body that the client took; null if it is not
  ///   watched
  /// @param plain the connection of the response; null if it has TLS or is not known
  /// @return false if nothing was written, because this class does not write such a response: one
  ///   with another status than 200 and 304, or with a header value that has other characters than
  ///   the printable ones of ASCII
  public static boolean write(
      HttpResponse answer,
      ServerResponse response,
      @Nullable Transfer transfer,
      @Nullable ClientConnection plain) {
    byte[] body = answer.status() == 200 ? answer.body().array() : Bytes.EMPTY.array();
    ClientConnection gathering = body.length > SHORT ? plain : null;
    int copied = gathering == null ? beginning(body.length) : 0;
    ByteBuffer message = message(answer, DateTime.http1Bytes(), copied);
    if (message == null) {
      return false;
    }
    Output output = response.sink(OUTPUT);
    if (gathering == null) {
      output.emit(
          BufferData.createReadOnly(message.array(), message.arrayOffset(), message.limit()));
      output.rest(body, copied, transfer);
    } else {
      int first = Math.min(ResponseWriter.SLICE, body.length);
      gather(gathering, message, ByteBuffer.wrap(body, 0, first));
      output.rest(body, first, transfer);
    }
    return true;
  }

  private static void gather(ClientConnection plain, ByteBuffer head, ByteBuffer body) {
    try {
      plain.write(head, body);
    } catch (IOException e) {
      throw new ServerConnectionException("the client went away", e);
    }
  }

  /// Returns the number of bytes of a body that are copied behind the head.
  static int beginning(int length) {
    return length > ResponseWriter.LARGE ? ResponseWriter.FRAME : length;
  }

  /// Returns the head and the beginning of the body; null if this class does not write such a
  /// response.
  ///
  /// @param date the value of the date field and the end of its line
  /// @param body the number of bytes of the body that are copied
  static @Nullable ByteBuffer message(HttpResponse answer, byte[] date, int body) {
    boolean ok = answer.status() == 200;
    if (!ok && answer.status() != 304) {
      return null;
    }
    byte[] begin = ok ? OK : NOT_MODIFIED;
    Bytes lines = answer.lines();
    if (lines == null) {
      lines = lines(answer.fields());
    }
    if (lines == null) {
      return null;
    }
    Message message =
        new Message(begin.length + date.length + lines.length() + LENGTH_FIELD + 2 + body);
    message.add(begin, begin.length);
    message.add(date, date.length);
    message.add(lines.array(), lines.length());
    if (ok) {
      message.add(LENGTH, Integer.toString(answer.body().length()));
    }
    message.endLine();
    message.add(answer.body().array(), body);
    return ByteBuffer.wrap(message.bytes, 0, message.size);
  }

  /// Makes the lines of the fields of a response.
  ///
  /// @return each field with the end of its line, in ASCII; null if a value has other characters
  ///   than the printable ones of ASCII
  public static @Nullable Bytes lines(List<HttpResponse.Field> fields) {
    int size = 0;
    for (HttpResponse.Field field : fields) {
      size += field.name().length() + field.value().length() + MARKS;
    }
    Message message = new Message(size);
    for (HttpResponse.Field field : fields) {
      message.add(field.name(), field.value());
    }
    return message.valid ? Bytes.of(message.bytes) : null;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// The bytes of a head or of a part of it. For one thread.
  private static final class Message {
    private final byte[] bytes;
    private int size;
    private boolean valid = true;

    private Message(int capacity) {
      bytes = new byte[capacity];
    }

    private void add(byte[] more, int length) {
      System.arraycopy(more, 0, bytes, size, length);
      size += length;
    }

    private void add(String name, String value) {
      add(name);
      bytes[size++] = ':';
      bytes[size++] = ' ';
      add(value);
      endLine();
    }

    private void add(String text) {
      int length = text.length();
      for (int i = 0; i < length; i++) {
        char c = text.charAt(i);
        valid &= c >= ' ' && c <= '~';
        bytes[size + i] = (byte) c;
      }
      size += length;
    }

    private void endLine() {
      bytes[size++] = '\r';
      bytes[size++] = '\n';
    }
  }

  /// The output of one connection.
  private record Output(DataWriter writer) implements Sink<BufferData> {
    @Override
    public Output emit(BufferData message) {
      try {
        writer.write(message);
      } catch (SocketWriterException | UncheckedIOException e) {
        throw new ServerConnectionException("the client went away", e);
      }
      return this;
    }

    /// Writes the body after its beginning, which was written with the head and is counted here.
    private void rest(byte[] body, int beginning, @Nullable Transfer transfer) {
      int at = beginning;
      count(at, transfer);
      while (at < body.length) {
        int slice = Math.min(ResponseWriter.SLICE, body.length - at);
        emit(BufferData.createReadOnly(body, at, slice));
        at += slice;
        count(slice, transfer);
      }
    }

    private static void count(int bytes, @Nullable Transfer transfer) {
      if (transfer != null) {
        transfer.moved(bytes);
      }
    }

    @Override
    public void close() {
      // each response is whole
    }
  }

  @Override
  public boolean supports(GenericType<? extends Sink<?>> type, ServerRequest request) {
    return type.equals(OUTPUT);
  }

  // The library asks for the type of OUTPUT alone.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  @Override
  public <X extends Sink<BufferData>> X create(SinkProviderContext context) {
    return (X) new Output(context.connectionContext().dataWriter());
  }

  @Deprecated
  @SuppressWarnings({"removal", "TypeParameterUnusedInFormals"})
  @Override
  public <X extends Sink<BufferData>> X create(
      ServerResponse response,
      BiConsumer<Object, MediaType> eventConsumer,
      Runnable closeRunnable) {
    throw new UnsupportedOperationException("replaced by the method with a context");
  }
}
