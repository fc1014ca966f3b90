package lazaret.cli.desk;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The address of a gate.
public sealed interface GateAddress {
  /// Returns the address in the form for messages.
  String shown();

  /// Returns scheme, host and port for the addresses of requests, without a slash at the end.
  String base();

  /// Returns whether the server of the data folder listens here. A Unix socket is always its own.
  ///
  /// @param recorded returns the URL that the server recorded in the folder, or empty
  boolean isOf(Supplier<Optional<String>> recorded);

  /// Opens a connection without TLS.
  ///
  /// @throws IOException as [ClearConnection#open]
  ClearConnection connect() throws IOException;

  /// A Unix socket on this machine.
  ///
  /// @param path the path of the socket file
  /// @param owners the accepted users, one of whom must own the file and the server
  record Socket(Path path, Set<UserPrincipal> owners) implements GateAddress {
    /// Copies the set.
    public Socket {
      owners = Set.copyOf(owners);
    }

    @Override
    public String shown() {
      return "unix:" + path;
    }

    @Override
    public String base() {
      return "http://localhost";
    }

    @Override
    public boolean isOf(Supplier<Optional<String>> recorded) {
      return true;
    }

    @Override
    public ClearConnection connect() throws IOException {
      return ClearConnection.openSocket(this);
    }
  }

  /// A server at a TCP address.
  ///
  /// @param url scheme, host and port, without a slash at the end: `http://127.0.0.1:7080`
  record Web(String url) implements GateAddress {
    /// Returns whether TLS authenticates the server.
    public boolean isSecure() {
      return url.startsWith("https:");
    }

    @Override
    public String shown() {
      return url;
    }

    @Override
    public String base() {
      return url;
    }

    @Override
    public boolean isOf(Supplier<Optional<String>> recorded) {
      return recorded.get().filter(url::equals).isPresent();
    }

    @Override
    public ClearConnection connect() throws IOException {
      return ClearConnection.openTcp(this);
    }
  }
}
