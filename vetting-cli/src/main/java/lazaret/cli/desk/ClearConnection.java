package lazaret.cli.desk;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import lazaret.mirror.http.Challenge;
import lazaret.mirror.socket.SocketFile;
import lazaret.sandbox.relay.GateConnector;
import lazaret.sandbox.response.ResponseBody;
import lazaret.sandbox.response.ResponseHead;
import lazaret.sandbox.response.ResponseInput;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.client.ReplyReader;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 connection without TLS. It uses the Unix socket of this machine, whose owner is
/// checked, or TCP. Over TCP the server must prove on this connection that it knows the token
/// before the token is sent. Not thread-safe.
public final class ClearConnection implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MOST_PROOF = 4_096;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final GateAddress address;
  private final ChannelStreams line;
  private final ResponseInput in;
  private final @Nullable InetSocketAddress peer;
  private boolean trusted;
  private boolean used;
  private boolean open = true;
  private long since = System.nanoTime();

  private ClearConnection(
      GateAddress address, SocketChannel channel, @Nullable InetSocketAddress peer)
      throws IOException {
    this.address = address;
    this.line = new ChannelStreams(channel, CONNECT);
    this.in = new ResponseInput(line.in());
    this.peer = peer;
    this.trusted = peer == null;
  }

  /// A request.
  ///
  /// @param method `GET`, `POST`, `PUT` or `DELETE`
  /// @param target the path and query, encoded
  /// @param headers further header lines, each ended by CR LF
  /// @param body the body; empty for none
  /// @param patience the timeout of each read or write
  public record Request(
      String method, String target, String headers, Bytes body, Duration patience) {
    /// Returns method and target, without headers and body.
    @Override
    public String toString() {
      return method + " " + target;
    }
  }

  /// A reply.
  ///
  /// @param head the status line and the headers
  /// @param body the body, read to its end or to the limit
  public record Reply(ResponseHead head, Bytes body) {}

  /// Connects to a gate.
  ///
  /// @throws lazaret.mirror.socket.DeskSocketException if the socket does not belong to one of the
  ///   owners, or if another user could replace it
  /// @throws CliException with code `server-unavailable` if the server behind the socket is not one
  ///   of the owners'
  /// @throws IOException if no server listens there
  public static ClearConnection open(GateAddress address) throws IOException {
    return address.connect();
  }

  static ClearConnection openSocket(GateAddress.Socket address) throws IOException {
    SocketFile.check(address.path(), address.owners());
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(address.path()));
      // The file may have been replaced since it was checked.
      UserPrincipal server = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
      if (!address.owners().contains(server)) {
        throw new CliException(
            ErrorCode.SERVER_UNAVAILABLE,
            "cannot use the socket '%s': expected a server that its owner runs, found one that '%s' runs; stop that program"
                .formatted(address.path(), server.getName()));
      }
      return new ClearConnection(address, channel, null);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  static ClearConnection openTcp(GateAddress.Web address) throws IOException {
    URI server = URI.create(address.url());
    String host = server.getHost().replaceAll("[\\[\\]]", "");
    InetSocketAddress peer = new InetSocketAddress(host, port(server));
    if (peer.isUnresolved()) {
      throw new UnknownHostException(host);
    }
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().connect(peer, Math.toIntExact(CONNECT.toMillis()));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return new ClearConnection(address, channel, peer);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static int port(URI server) {
    return server.getPort() >= 0 ? server.getPort() : 80;
  }

  /// Makes the server prove that it knows the hash of the token. This is not necessary over the
  /// Unix socket, or if the server has proved it before on this connection.
  ///
  /// @return the refusal of a server that does not know the token; empty if the token may be sent
  /// @throws CliException if the server cannot prove it; the token was not sent then
  public Optional<ReplyReader.Response> prove(Secret token) throws IOException {
    InetSocketAddress other = peer;
    if (trusted || other == null) {
      return Optional.empty();
    }
    if (!TokenService.isSecret(token.text())) {
      throw new CliException(
          ErrorCode.UNAUTHENTICATED,
          "cannot send the token to %s without TLS: expected a token of a gate (lzr_ and 64 hex digits), found another text; name a token with --token-file FILE or LAZARET_TOKEN"
              .formatted(address.shown()));
    }
    Sha256 hash = TokenService.hashOf(token.text());
    Challenge challenge = Challenge.of(hash, host(other), other, RANDOM);
    Reply reply =
        send(
            new Request("GET", Challenge.PATH + "?" + challenge.query(), "", Bytes.EMPTY, CONNECT),
            MOST_PROOF);
    if (reply.head().status() == 401 && reply.head().header("www-authenticate").isEmpty()) {
      return Optional.of(new ReplyReader.Response(401, reply.body(), null));
    }
    trusted = reply.head().status() == 200 && challenge.isProvedBy(hash, proof(reply.body()));
    if (!trusted) {
      throw new CliException(
          ErrorCode.SERVER_UNAVAILABLE,
          "cannot trust the server at %s: expected a proof that it knows the token, found %s; the token was not sent; use the socket on the gate's machine, https elsewhere"
              .formatted(address.shown(), found(reply)));
    }
    return Optional.empty();
  }

  private static String found(Reply reply) {
    return switch (reply.head().status()) {
      case 200 -> "a wrong proof";
      case 401 -> "status 401, as from a gate that is older than this program";
      case 421 -> "status 421: the gate does not listen on the address that was used";
      default -> "status " + reply.head().status();
    };
  }

  /// Returns the proof in a reply. It is needed before the reading of records is prepared.
  private static String proof(Bytes body) {
    return Objects.requireNonNullElse(DeskJson.text(body, "proof"), "");
  }

  /// Returns the host for the challenge. It is omitted for addresses of this machine, where any
  /// user may listen on any address, so that a name proves nothing.
  private String host(InetSocketAddress other) throws SocketException {
    InetAddress ip = other.getAddress();
    boolean here = ip.isLoopbackAddress() || NetworkInterface.getByInetAddress(ip) != null;
    URI server = URI.create(address.base());
    return here
        ? Challenge.NO_HOST
        : (server.getHost() + ":" + port(server)).toLowerCase(Locale.ROOT);
  }

  /// Sends a request and reads the reply. The body of the previous reply must have been read.
  ///
  /// @param most the maximum bytes of a reply; a longer one is a failure
  /// @throws StaleException if the server had closed a connection that was used before
  /// @throws IOException if no reply arrives or if it is not HTTP
  public Reply send(Request request, int most) throws IOException {
    boolean again = used;
    used = true;
    open = false;
    line.within(request.patience());
    StringBuilder head = new StringBuilder(256);
    URI base = URI.create(address.base());
    String prefix = base.getRawPath() == null ? "" : base.getRawPath();
    head.append(request.method()).append(' ').append(prefix).append(request.target());
    head.append(" HTTP/1.1\r\nHost: ").append(base.getRawAuthority()).append("\r\n");
    head.append("User-Agent: lazaret-vetting-cli\r\nAccept: */*\r\n").append(request.headers());
    if (request.body().length() > 0 || !request.method().equals("GET")) {
      head.append("Content-Length: ").append(request.body().length()).append("\r\n");
    }
    head.append("\r\n");
    try {
      line.out().write(head.toString().getBytes(StandardCharsets.US_ASCII));
      request.body().writeTo(line.out());
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // A server that refuses a body may reply before it has read it.
      if (!hasResponse()) {
        throw again ? new StaleException(e) : e;
      }
    }
    if (!in.hasMore()) {
      EOFException end = new EOFException("the connection was closed");
      throw again ? new StaleException(end) : end;
    }
    ResponseHead reply = ResponseHead.read(in);
    ResponseBody body = ResponseBody.of(reply, in, request.method().equals("HEAD"));
    byte[] bytes = body.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new IOException("sent more than " + most + " bytes");
    }
    open = reply.isKept() && body.skipToEnd(0);
    since = System.nanoTime();
    return new Reply(reply, Bytes.of(bytes));
  }

  private boolean hasResponse() {
    try {
      return in.hasMore();
    } catch (IOException _) {
      return false;
    }
  }

  /// Returns whether another request may be sent, because the connection is open and was used
  /// recently.
  boolean isReady(Duration kept) {
    return open && System.nanoTime() - since < kept.toNanos();
  }

  /// Returns the connection for the relay of the sandbox, which continues to use it.
  public GateConnector.Line line(Duration patience) {
    line.within(patience);
    return line;
  }

  @Override
  public void close() {
    try {
      line.close();
    } catch (IOException _) {
      // The connection is not used any more, so its failure does not matter.
    }
  }

  /// The failure of a reused connection that the server closed before it sent a reply.
  static final class StaleException extends IOException {
    private static final long serialVersionUID = 1;

    StaleException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
