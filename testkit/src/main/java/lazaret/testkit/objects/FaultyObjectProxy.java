package lazaret.testkit.objects;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import lazaret.testkit.RecordedRequest;
import lazaret.testkit.RequestNumber;
import lazaret.testkit.wire.Hold;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// A proxy on loopback before a store of objects that is also on loopback. It passes requests on as
/// they are, so that their signatures stay valid, and makes scripted faults. Thread-safe.
///
/// Patterns are matched with the path of a request, such as `/bucket/objects/ab/…`; `*` matches any
/// text with slashes.
public final class FaultyObjectProxy implements AutoCloseable {
  private static final int BACKLOG = 1_024;

  /// A scripted fault with the number of matching requests so far.
  private record Rule(
      String method, Pattern path, RequestNumber nth, ObjectFault fault, AtomicInteger seen) {
    boolean hits(HttpMessage request) {
      return request.method().equals(method)
          && path.matcher(request.path()).matches()
          && nth.hits(seen.incrementAndGet());
    }
  }

  private final int target;
  private final ServerSocket listener;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Queue<RecordedRequest> requests = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private FaultyObjectProxy(int target, ServerSocket listener) {
    this.target = target;
    this.listener = listener;
  }

  /// Starts a proxy.
  ///
  /// @param port the port of the store
  public static FaultyObjectProxy before(int port) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.bind(new InetSocketAddress(loopback(), 0), BACKLOG);
      FaultyObjectProxy proxy = new FaultyObjectProxy(port, listener);
      Thread.ofVirtual().name("object-proxy-accept").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a proxy before port " + port, e);
    }
  }

  private static InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }

  /// Returns the port.
  public int port() {
    return listener.getLocalPort();
  }

  /// Scripts a fault for every request that matches.
  public void script(String method, String pattern, ObjectFault fault) {
    script(method, pattern, RequestNumber.ALL, fault);
  }

  /// Scripts a fault for some of the requests that match. If several faults apply to one request,
  /// delays add up and the first of the others decides.
  public void script(String method, String pattern, RequestNumber nth, ObjectFault fault) {
    rules.add(new Rule(method, glob(pattern), nth, fault, new AtomicInteger()));
  }

  /// Removes all faults and passes on what is held.
  public void heal() {
    List<Rule> before = List.copyOf(rules);
    rules.clear();
    for (Rule rule : before) {
      if (rule.fault() instanceof ObjectFault.HoldRequest(Hold hold)) {
        hold.release();
      }
      if (rule.fault() instanceof ObjectFault.HoldReply(Hold hold)) {
        hold.release();
      }
    }
  }

  /// Returns all requests so far in the order of their arrival.
  public List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  /// Returns the requests that match.
  public List<RecordedRequest> requests(String method, String pattern) {
    Pattern path = glob(pattern);
    return requests.stream()
        .filter(request -> request.method().equals(method))
        .filter(request -> path.matcher(request.target().replaceFirst("\\?.*", "")).matches())
        .toList();
  }

  /// Removes the recorded requests.
  public void forgetRequests() {
    requests.clear();
  }

  @Override
  public void close() {
    closeQuietly(listener);
    heal();
    open.forEach(FaultyObjectProxy::closeQuietly);
  }

  private static Pattern glob(String pattern) {
    return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().name("object-proxy").start(() -> serve(client));
      } catch (IOException _) {
        // Closed, or the client closed the connection before it was accepted.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      boolean more = true;
      while (more) {
        HttpMessage request = HttpMessage.request(in);
        more = request != null && exchange(request, client.getOutputStream());
      }
    } catch (IOException _) {
      // One of the sides closed the connection; tests do both.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  /// Passes a request on.
  ///
  /// @return whether the connection can carry another request
  private boolean exchange(HttpMessage request, OutputStream out)
      throws IOException, InterruptedException {
    requests.add(request.recorded());
    ObjectFault fault = fault(request);
    return switch (fault) {
      case null -> sent(forwarded(request), out);
      case ObjectFault.Delay _ -> sent(forwarded(request), out);
      case ObjectFault.Refuse(int status, String code) ->
          sent(HttpMessage.refusal(status, code), out);
      case ObjectFault.LoseRequest _ -> false;
      case ObjectFault.LoseReply _ -> {
        HttpMessage _ = forwarded(request);
        yield false;
      }
      case ObjectFault.HoldRequest(Hold hold) -> {
        hold.pass();
        yield sent(forwarded(request), out);
      }
      case ObjectFault.HoldReply(Hold hold) -> {
        HttpMessage reply = forwarded(request);
        hold.pass();
        yield sent(reply, out);
      }
      case ObjectFault.CutReply(int bytes) -> {
        HttpMessage reply = forwarded(request);
        out.write(reply.head());
        out.write(array(reply), 0, Math.min(bytes, array(reply).length));
        out.flush();
        yield false;
      }
      case ObjectFault.Drip(int bytes, Duration every) -> {
        drip(forwarded(request), bytes, every, out);
        yield true;
      }
      case ObjectFault.ChangeBody(var change) -> {
        HttpMessage reply = forwarded(request);
        Bytes body = reply.body();
        yield sent(body == null ? reply : reply.with(change.apply(body)), out);
      }
    };
  }

  /// Waits for the delays of a request, and returns the fault that decides; null if there is none.
  private @Nullable ObjectFault fault(HttpMessage request) throws InterruptedException {
    ObjectFault chosen = null;
    for (Rule rule : rules) {
      if (rule.hits(request)) {
        if (rule.fault() instanceof ObjectFault.Delay(Duration by)) {
          Thread.sleep(by);
        } else if (chosen == null) {
          chosen = rule.fault();
        }
      }
    }
    return chosen;
  }

  private static boolean sent(HttpMessage reply, OutputStream out) throws IOException {
    reply.writeTo(out);
    return true;
  }

  private HttpMessage forwarded(HttpMessage request) throws IOException {
    try (Socket store = new Socket(loopback(), target)) {
      store.setTcpNoDelay(true);
      request.writeTo(store.getOutputStream());
      return HttpMessage.response(
          new BufferedInputStream(store.getInputStream()), request.method());
    }
  }

  private static void drip(HttpMessage reply, int bytes, Duration every, OutputStream out)
      throws IOException, InterruptedException {
    byte[] body = array(reply);
    out.write(reply.head());
    for (int at = 0; at < body.length; at += bytes) {
      out.write(body, at, Math.min(bytes, body.length - at));
      out.flush();
      Thread.sleep(every);
    }
    out.flush();
  }

  private static byte[] array(HttpMessage message) {
    Bytes body = message.body();
    return body == null ? new byte[0] : body.array();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception _) {
      // A test proxy does not need a clean close.
    }
  }
}
