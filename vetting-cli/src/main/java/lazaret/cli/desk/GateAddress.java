package lazaret.cli.desk;

import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/// The address of a gate.
public sealed interface GateAddress {
  /// Returns the address in the form for messages.
  String shown();

  /// Returns scheme, host and port for the addresses of requests, without a slash at the end.
  String base();

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
  }
}
