package lazaret.testkit.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A proxy on loopback before a server of PostgreSQL, or a pooler, without TLS. It knows where
/// messages begin, and holds a chosen statement before the server receives it, or its reply after
/// the server has executed it. Thread-safe.
///
/// Clients wait for the reply to each statement, as the driver of the store does.
///
/// Source: PostgreSQL 17 manual, *Message Formats*.
public final class PostgresWireProxy implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 28;

  /// The characters of a message that are compared.
  private static final int MOST_TEXT = 1 << 16;

  /// The upper half of the code of requests for encryption.
  private static final int ENCRYPTION = 1_234;

  /// The length of the type and the length of a message.
  private static final int HEAD = 5;

  private final TcpProxy proxy;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  /// The choice of a statement. Texts are compared with the statement and its parameters, of which
  /// only texts are readable, in ISO 8859-1.
  ///
  /// @param inside a text of a statement of the same transaction up to this one; may be empty
  /// @param text a text of the statement, such as `COMMIT`
  /// @param number the number among the statements that match since the rule was made, from 1
  public record Statement(String inside, String text, int number) {
    /// Returns the first statement with a text, in a transaction with another one.
    public static Statement first(String inside, String text) {
      return new Statement(inside, text, 1);
    }
  }

  /// A statement that is held once.
  private record Rule(Statement statement, boolean holdsReply, Hold hold, AtomicInteger seen) {
    boolean hits(String text, String transaction) {
      return text.contains(statement.text())
          && transaction.contains(statement.inside())
          && seen.incrementAndGet() == statement.number();
    }
  }

  /// The messages of one connection.
  private final class Conversation implements TcpProxy.Passage {
    private String parsed = "";

    // Both guarded by this object.
    private String transaction = "";
    private @Nullable Hold held;

    @Override
    public void requests(InputStream client, OutputStream server)
        throws IOException, InterruptedException {
      DataInputStream in = new DataInputStream(new BufferedInputStream(client));
      server.write(startup(in));
      int type = in.read();
      while (type >= 0) {
        byte[] message = message(type, in);
        Rule rule = rule(type, message);
        if (rule != null && rule.holdsReply()) {
          holdReply(rule.hold());
        } else if (rule != null) {
          rule.hold().pass();
        }
        server.write(message);
        type = in.read();
      }
    }

    /// Returns the rule that a message meets; null if it meets none. A prepared statement is one
    /// with its parameters.
    private @Nullable Rule rule(int type, byte[] message) {
      return switch (type) {
        case 'P' -> {
          parsed = text(message);
          yield null;
        }
        case 'B' -> rule(parsed + '\n' + text(message));
        case 'Q' -> rule(text(message));
        default -> null;
      };
    }

    private @Nullable Rule rule(String statement) {
      if (rules.isEmpty()) {
        return null;
      }
      String all = continued(statement);
      for (Rule rule : rules) {
        if (rule.hits(statement, all)) {
          return rule;
        }
      }
      return null;
    }

    /// Returns the statements of the transaction up to this one.
    private synchronized String continued(String statement) {
      transaction += statement + '\n';
      return transaction;
    }

    private synchronized void holdReply(Hold hold) {
      held = hold;
    }

    @Override
    public void replies(InputStream server, OutputStream client)
        throws IOException, InterruptedException {
      DataInputStream in = new DataInputStream(new BufferedInputStream(server));
      int type = in.read();
      while (type >= 0) {
        byte[] message = message(type, in);
        if (type == 'Z') {
          ready(message);
        }
        client.write(message);
        type = in.read();
      }
    }

    /// Takes note that the server has executed all it received. The client waits for this message.
    private void ready(byte[] message) throws InterruptedException {
      Hold hold = ended(message.length > HEAD && message[HEAD] == 'I');
      if (hold != null) {
        hold.pass();
      }
    }

    private synchronized @Nullable Hold ended(boolean isIdle) {
      if (isIdle) {
        transaction = "";
      }
      Hold hold = held;
      held = null;
      return hold;
    }
  }

  private PostgresWireProxy(int port) {
    this.proxy = TcpProxy.before(port, Conversation::new);
  }

  /// Starts a proxy.
  ///
  /// @param port the port of the server, or of the pooler
  public static PostgresWireProxy before(int port) {
    return new PostgresWireProxy(port);
  }

  /// Returns the port.
  public int port() {
    return proxy.port();
  }

  /// Holds a statement before the server receives it.
  public void holdRequest(Statement statement, Hold hold) {
    rules.add(new Rule(statement, false, hold, new AtomicInteger()));
  }

  /// Holds the reply to a statement that the server has executed.
  public void holdReply(Statement statement, Hold hold) {
    rules.add(new Rule(statement, true, hold, new AtomicInteger()));
  }

  /// Parts clients and server: connections stay open, and nothing passes.
  public void part() {
    proxy.part();
  }

  /// Closes all connections, with what is held on them.
  public void drop() {
    proxy.drop();
  }

  /// Removes all rules, passes on what is held, and joins clients and server.
  public void heal() {
    List<Rule> before = List.copyOf(rules);
    rules.clear();
    before.forEach(rule -> rule.hold().release());
    proxy.join();
  }

  @Override
  public void close() {
    proxy.close();
    heal();
  }

  /// Reads the first message of a connection, which has no type.
  private static byte[] startup(DataInputStream in) throws IOException {
    byte[] message = rest(in, new byte[0]);
    if (message.length == 2 * Integer.BYTES
        && ByteBuffer.wrap(message).getInt(Integer.BYTES) >>> 16 == ENCRYPTION) {
      throw new IOException("a client asks for encryption, which would hide its statements");
    }
    return message;
  }

  private static byte[] message(int type, DataInputStream in) throws IOException {
    return rest(in, new byte[] {(byte) type});
  }

  /// Reads the length and the content of a message.
  private static byte[] rest(DataInputStream in, byte[] before) throws IOException {
    int length = in.readInt();
    if (length < Integer.BYTES || length > MOST_BYTES) {
      throw new IOException("a message of PostgreSQL has the length " + length);
    }
    byte[] message = new byte[before.length + length];
    System.arraycopy(before, 0, message, 0, before.length);
    ByteBuffer.wrap(message).putInt(before.length, length);
    int content = length - Integer.BYTES;
    if (in.readNBytes(message, message.length - content, content) < content) {
      throw new EOFException("a message of PostgreSQL ended early");
    }
    return message;
  }

  private static String text(byte[] message) {
    int length = Math.min(message.length - HEAD, MOST_TEXT);
    return new String(message, HEAD, length, StandardCharsets.ISO_8859_1);
  }
}
